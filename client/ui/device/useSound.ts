import { type Ref, readonly, ref } from 'vue'

/** Notes of a chime: hertz and when each starts, in seconds. */
const chimes = {
  /** Two rising notes that carry over a grinder. */
  arrival: [
    { hertz: 784, startS: 0 },
    { hertz: 1175, startS: 0.18 },
  ],
  /** Three notes, for what has waited too long. */
  urgent: [
    { hertz: 1175, startS: 0 },
    { hertz: 1175, startS: 0.2 },
    { hertz: 1568, startS: 0.4 },
  ],
  ready: [
    { hertz: 659, startS: 0 },
    { hertz: 880, startS: 0.15 },
    { hertz: 1319, startS: 0.3 },
  ],
} as const

type ChimeName = keyof typeof chimes

const ringS = 0.9
const isUnlocked = ref(false)
let context: AudioContext | null = null

/** Sounds made on the spot, no file to load. Browsers stay silent until a tap: show that while `isUnlocked` is false. */
export function useSound(): {
  readonly isUnlocked: Readonly<Ref<boolean>>
  readonly unlockSound: () => Promise<boolean>
  readonly chime: (name: ChimeName, volume?: number) => boolean
} {
  return { isUnlocked: readonly(isUnlocked), unlockSound, chime }
}

/** Call it inside a tap. Answers whether sound now works. */
async function unlockSound(): Promise<boolean> {
  try {
    if (!context) {
      context = new AudioContext()
      context.addEventListener('statechange', followState)
    }
    await context.resume()
  } catch {
    // No audio device, or not inside a tap: `isUnlocked` stays false and the page shows the silent bell.
  }
  followState()
  return isUnlocked.value
}

function followState(): void {
  isUnlocked.value = context?.state === 'running'
}

/** Answers whether it could be heard. Volume 0 to 1. */
function chime(name: ChimeName, volume = 0.8): boolean {
  if (context?.state !== 'running') return false
  for (const note of chimes[name]) playNote(context, note.hertz, context.currentTime + note.startS, volume)
  return true
}

/** A struck bell: a sharp start and a long fall, with its octave for brightness. */
function playNote(audio: AudioContext, hertz: number, at: number, volume: number): void {
  const gain = audio.createGain()
  gain.gain.setValueAtTime(0.0001, at)
  gain.gain.exponentialRampToValueAtTime(Math.max(0.001, volume * 0.5), at + 0.012)
  gain.gain.exponentialRampToValueAtTime(0.0001, at + ringS)
  gain.connect(audio.destination)
  for (const multiple of [1, 2]) {
    const tone = audio.createOscillator()
    tone.type = multiple === 1 ? 'triangle' : 'sine'
    tone.frequency.value = hertz * multiple
    tone.connect(gain)
    tone.start(at)
    tone.stop(at + ringS)
  }
}
