// `const w = usePickupWords()` wherever a pick-up is ordered or shown. Both languages come in one file, so that
// a pick-up code never opens in the wrong one, also without signal.
import type { Translation } from '../dictionary.ts'
import { createWords } from '../useLanguage.ts'
import { pickupEn } from './pickup.en.ts'
import { pickupId } from './pickup.id.ts'

type PickupWords = Translation<typeof pickupId>

export const usePickupWords = createWords<PickupWords>(pickupId, async () => pickupEn)
