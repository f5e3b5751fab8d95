import type { RefusalSentence, Translation } from '../dictionary.ts'
import type { signinId, signinRefusalsId } from './signin.id.ts'

export const signinEn: Translation<typeof signinId> = {
  setup: {
    title: 'Set up this shop',
    lead: 'The one-time code is on the server’s console. The first person becomes the owner and can add others.',
    code: 'Set-up code',
    codeHint: 'Eight letters or digits, such as K7PM-2XQD. Capitals do not matter.',
    codeMissing: 'The code is not whole yet: eight letters or digits, such as K7PM-2XQD.',
    name: 'Your name',
    nameHint: 'Shown on the board and in the history of orders.',
    nameMissing: 'Type your name.',
    outlet: 'This device is used at',
    deviceLabel: 'Name of this device',
    deviceHint: 'For example Front bar tablet.',
    deviceMissing: 'Give this device a name.',
    deviceDefault: 'Bar tablet',
    submit: 'Set up and open the board',
    done: 'This shop is set up.',
    noOutlets: 'The server has no outlet yet. Restart the server, then reload this page.',
  },
  enrol: {
    title: 'Enrol this device',
    lead: 'Ask a manager for a code under Manager, Devices. A code is good for 15 minutes and for one use.',
    code: 'Device code',
    submit: 'Enrol device',
    already: (label) => `This device is already enrolled as ${label}. A new code replaces that.`,
  },
  pin: {
    label: '6-digit PIN',
    again: 'Repeat the PIN',
    hint: 'Six digits that only you know. You sign in with it on the shop’s devices.',
    weak: 'This PIN is too easy to guess. Avoid equal, consecutive or repeated digits.',
    short: 'A PIN has six digits.',
    different: 'The two PINs differ. Type them again.',
  },
  signIn: {
    title: 'Who is at work?',
    lead: (place) => `${place}. Tap your name, then type your PIN.`,
    pinFor: (name) => `PIN of ${name}`,
    digits: (count) => `${count} of 6 digits typed`,
    digit: (digit) => `Digit ${digit}`,
    erase: 'Erase one digit',
    clear: 'Clear',
    otherPerson: 'Not me',
    checking: 'Checking the PIN…',
    wrongPin: (triesLeft) =>
      `Wrong PIN. ${triesLeft === 1 ? 'One try' : `${triesLeft} tries`} left before this device locks.`,
    locked:
      'This device is locked after 10 wrong PINs. Moves saved here are kept. Ask a manager for a new device code, then enrol again.',
    enrolAgain: 'Enrol again',
    nobody: 'Nobody works at this outlet yet',
    nobodyHelp: 'A manager can add people under Manager, People.',
    waitingMoves: (count, name) =>
      `${count === 1 ? `One move by ${name} is` : `${count} moves by ${name} are`} saved on this device and will be sent once somebody has signed in. Sign in as ${name} so that this is recorded under that name.`,
    someone: 'the person before',
    roles: { barista: 'barista', manager: 'manager', admin: 'admin', owner: 'owner' },
  },
  unreachable: {
    title: 'The server cannot be reached yet',
    text: 'This device has never been connected, so there is nothing to show. Check the Wi-Fi, then try again.',
    retry: 'Try again',
  },
}

export const signinRefusalsEn: Record<keyof typeof signinRefusalsId, RefusalSentence> = {
  'network.unreachable':
    'The server cannot be reached. Nothing has changed; check the Wi-Fi, then try again.',
  'setup.wrong_code':
    'The set-up code does not match or is older than 24 hours. What you typed is kept; copy the latest code from the server’s console.',
  'setup.done': 'This shop was already set up with that code. Ask the owner for a device code.',
  'device.code_unknown':
    'This device code is unknown. What you typed is kept; check the code or ask for a new one.',
  'device.code_expired':
    'This device code was used or is older than 15 minutes. Ask a manager for a new one.',
  'device.unknown': 'This device is no longer enrolled. Ask a manager for a device code.',
  'device.locked': 'This device is locked. Ask a manager for a new device code, then enrol again.',
  'device.id_taken': 'Two enrolments collided. Nothing has changed; press once more.',
  'staff.id_taken': 'Two enrolments collided. Nothing has changed; press once more.',
  'staff.unknown': 'This person no longer works at this outlet. Choose another name or ask a manager.',
  'staff.weak_pin': 'This PIN is too easy to guess. Choose six other digits.',
  'request.too_many': 'Too many tries. What you typed is kept; wait a moment, then try again.',
  'server.storage_unreachable':
    'The server cannot reach its database. Nothing has changed; try again in a moment.',
  'server.busy': 'The server is busy. Nothing has changed; try again in a moment.',
}
