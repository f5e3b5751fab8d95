import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { globSync } from 'node:fs'
import { createServer } from 'node:net'

const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf'

/** Where Debian's webkit2gtk-driver puts things, or null when this machine has none. */
export function findWebkit(): { driver: string; browser: string } | null {
  const browser = globSync('/usr/lib/*/webkit2gtk-4.*/MiniBrowser')[0]
  try {
    const driver = execFileSync('which', ['WebKitWebDriver'], { encoding: 'utf8' }).trim()
    execFileSync('which', ['Xvfb'])
    return browser ? { driver, browser } : null
  } catch {
    return null
  }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address ? address.port : 0
}

/** A WebKit browser as the iPhones have it, driven by the W3C WebDriver protocol. */
export class WebkitBrowser {
  readonly #base: string
  readonly #processes: ChildProcess[]
  #session = ''

  private constructor(base: string, processes: ChildProcess[]) {
    this.#base = base
    this.#processes = processes
  }

  static async open(found: { driver: string; browser: string }): Promise<WebkitBrowser> {
    const display = `:${90 + Math.floor(Math.random() * 400)}`
    const port = await freePort()
    const xvfb = spawn('Xvfb', [display, '-screen', '0', '800x1000x24', '-nolisten', 'tcp'], {
      stdio: 'ignore',
    })
    const env = { ...process.env, DISPLAY: display, WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1' }
    const driver = spawn(found.driver, ['-p', String(port)], { stdio: 'ignore', env })
    const browser = new WebkitBrowser(`http://127.0.0.1:${port}`, [driver, xvfb])
    try {
      await browser.#begin(found.browser)
    } catch (error) {
      await browser.close()
      throw error
    }
    return browser
  }

  async #begin(binary: string): Promise<void> {
    const capabilities = {
      alwaysMatch: { 'webkitgtk:browserOptions': { binary, args: ['--automation'] } },
    }
    for (let tries = 0; ; tries++) {
      try {
        const value = await this.#call('POST', '/session', { capabilities })
        this.#session = `/session/${(value as { sessionId: string }).sessionId}`
        return
      } catch (error) {
        if (tries >= 20) throw error
        await new Promise((resolve) => setTimeout(resolve, 250))
      }
    }
  }

  async #call(method: string, path: string, body?: unknown): Promise<unknown> {
    const response = await fetch(`${this.#base}${path}`, {
      method,
      ...(body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    })
    const { value } = (await response.json()) as { value: { message?: string } | null }
    if (!response.ok) throw new Error(`${method} ${path}: ${value?.message ?? response.status}`)
    return value
  }

  /** As wide and high as a phone, as far as the window manager of the machine lets it. */
  async resize(width: number, height: number): Promise<void> {
    await this.#call('POST', `${this.#session}/window/rect`, { width, height })
  }

  /** What is on the screen, as a PNG. */
  async screenshot(): Promise<Buffer> {
    return Buffer.from((await this.#call('GET', `${this.#session}/screenshot`)) as string, 'base64')
  }

  async goto(url: string): Promise<void> {
    await this.#call('POST', `${this.#session}/url`, { url })
  }

  /** Runs the body of a function in the page. */
  async run<Value>(script: string, ...args: unknown[]): Promise<Value> {
    return (await this.#call('POST', `${this.#session}/execute/sync`, { script, args })) as Value
  }

  /** Waits until the script answers something truthy, at most `withinMs`. */
  async until<Value>(what: string, script: string, withinMs = 10_000): Promise<Value> {
    const endMs = Date.now() + withinMs
    for (;;) {
      const value = await this.run<Value>(script)
      if (value) return value
      if (Date.now() > endMs) throw new Error(`Did not happen within ${withinMs} ms: ${what}`)
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }

  /** Clicks the first element that matches; really, through the browser's own hit testing. */
  async click(css: string): Promise<void> {
    await this.until(`an element ${css}`, `return document.querySelector(${JSON.stringify(css)}) !== null`)
    const found = await this.#call('POST', `${this.#session}/element`, { using: 'css selector', value: css })
    const id = (found as Record<string, string>)[ELEMENT]
    await this.#call('POST', `${this.#session}/element/${id}/click`, {})
  }

  async close(): Promise<void> {
    if (this.#session) await this.#call('DELETE', this.#session).catch(() => undefined)
    for (const child of this.#processes) child.kill('SIGKILL')
  }
}
