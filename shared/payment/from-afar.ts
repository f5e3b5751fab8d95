// Whoever orders for pick-up and pays first sits at home: cash and cards are taken at the counter, and count
// there only where there is nothing else. Else a hundred promises to come would keep everybody's place.
import { openMethods, type PaymentSettingsRecord } from './payment-settings.ts'

type Methods = PaymentSettingsRecord['methods']

/** The ways in which money can come now; a gateway's code needs a gateway. */
export function methodsHere(
  settings: Pick<PaymentSettingsRecord, 'methods' | 'provider' | 'staticQris' | 'isStaticQrisDoubtful'>,
): Methods {
  return openMethods(settings).filter((each) => each !== 'qris' || settings.provider !== 'manual')
}

/** Those of them that need nobody at the counter. */
export function methodsFromAfar(settings: Parameters<typeof methodsHere>[0]): Methods {
  return methodsHere(settings).filter((each) => each === 'qris' || each === 'qris_static')
}
