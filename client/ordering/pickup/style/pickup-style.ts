import { loadStylesheet } from '../../../ui/style/load-stylesheet.ts'
import pickup from './pickup.css?url'

/** The look of ordering for pick-up, fetched with it: the menu's one stylesheet does not carry it. */
export function loadPickupStyle(): Promise<void> {
  return loadStylesheet(pickup)
}
