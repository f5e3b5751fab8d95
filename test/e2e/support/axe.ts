import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'

/**
 * Axe within the page itself, telling whole of what is wrong alone. The other way opens a blank page for
 * each look, only to join what frames of foreign origin say, and no page here has any.
 */
export function axeIn(page: Page): AxeBuilder {
  return new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] })
}
