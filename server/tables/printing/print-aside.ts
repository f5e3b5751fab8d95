import type { RunAside } from '../../platform/heavy/heavy-work.ts'
import type { AppIcon, renderIconPng, renderIconSvg } from './app-icon.ts'
import type { CodeBrand, CodeLabel } from './code-label.ts'
import type { renderPdf } from './code-sheet.ts'
import type { renderPng, renderSvg } from './code-svg.ts'
import type { renderZip } from './code-zip.ts'
import type { SheetLayout } from './sheet-layouts.ts'

const SHEET = new URL('./code-sheet.ts', import.meta.url)
const PICTURE = new URL('./code-svg.ts', import.meta.url)
const ZIP = new URL('./code-zip.ts', import.meta.url)
const ICON = new URL('./app-icon.ts', import.meta.url)
const PNG_PIXELS = 1200

// Fonts, PDF and pictures take a third of a small server's memory: the thread alone loads them, and they
// leave with it.

export function printPdf(
  run: RunAside,
  labels: readonly CodeLabel[],
  options: { layout: SheetLayout; brand: CodeBrand },
): Promise<Uint8Array> {
  return run<typeof renderPdf>(SHEET, 'renderPdf', labels, options)
}

export function printZip(run: RunAside, labels: readonly CodeLabel[], brand: CodeBrand): Promise<Uint8Array> {
  return run<typeof renderZip>(ZIP, 'renderZip', labels, brand)
}

export function printPicture(
  run: RunAside,
  label: CodeLabel,
  brand: CodeBrand,
  kind: 'svg' | 'png',
): Promise<Uint8Array | string> {
  return kind === 'svg'
    ? run<typeof renderSvg>(PICTURE, 'renderSvg', label, brand)
    : run<typeof renderPng>(PICTURE, 'renderPng', label, PNG_PIXELS, brand)
}

/** `pixels` null: as SVG. */
export function drawIcon(run: RunAside, icon: AppIcon, pixels: number | null): Promise<Uint8Array | string> {
  return pixels === null
    ? run<typeof renderIconSvg>(ICON, 'renderIconSvg', icon)
    : run<typeof renderIconPng>(ICON, 'renderIconPng', icon, pixels)
}
