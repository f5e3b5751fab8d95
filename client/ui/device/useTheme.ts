import { type Ref, readonly, ref } from 'vue'
import { readSetting, writeSetting } from './device-settings.ts'

export type Theme = 'system' | 'light' | 'dark'

const storageKey = 'meja.theme'
const stored = readSetting(storageKey)
const theme = ref<Theme>(stored === 'light' || stored === 'dark' ? stored : 'system')

export function useTheme(): {
  readonly theme: Readonly<Ref<Theme>>
  readonly setTheme: (next: Theme) => void
} {
  return { theme: readonly(theme), setTheme }
}

/** Called once before the first mount. */
export function applyTheme(): void {
  const { dataset } = document.documentElement
  if (theme.value === 'system') delete dataset.theme
  else dataset.theme = theme.value
  paintBrowserBars()
}

function setTheme(next: Theme): void {
  theme.value = next
  writeSetting(storageKey, next === 'system' ? null : next)
  applyTheme()
}

/** The browser's own bars follow a forced theme too; each meta element keeps its media query for "system". */
function paintBrowserBars(): void {
  for (const meta of document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]')) {
    meta.dataset.media ??= meta.media
    const isDarkBar = meta.dataset.media.includes('dark')
    if (theme.value === 'system') meta.media = meta.dataset.media
    else meta.media = isDarkBar === (theme.value === 'dark') ? 'all' : 'not all'
  }
}
