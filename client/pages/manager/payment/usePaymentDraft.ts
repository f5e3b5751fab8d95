import { computed, ref, watch } from 'vue'
import {
  DEFAULT_PAYMENT_SETTINGS,
  type PaymentSettings,
  type PaymentSettingsRecord,
} from '#shared/payment/payment-settings.ts'
import { isSamePayment, paymentDraftOf } from './payment-draft.ts'

/** The settings in the making. As long as nothing was changed they follow what others save. */
export function usePaymentDraft(record: () => PaymentSettingsRecord | undefined) {
  const present = computed<PaymentSettings>(() => {
    const known = record()
    return known ? paymentDraftOf(known) : DEFAULT_PAYMENT_SETTINGS
  })
  const base = ref<PaymentSettings>(present.value)
  const draft = ref<PaymentSettings>(present.value)
  const isDirty = computed(() => !isSamePayment(base.value, draft.value))

  function restart(): void {
    base.value = present.value
    draft.value = present.value
  }

  watch(present, () => {
    if (!isDirty.value) restart()
  })
  return {
    draft,
    isDirty,
    isOutdated: computed(() => isDirty.value && !isSamePayment(present.value, base.value)),
    /** The static code was given here, not found in the record. */
    givesStatic: computed(() => draft.value.staticQris !== base.value.staticQris),
    restart,
    /** What was sent is the new ground; what was changed meanwhile stays unsaved. */
    ground(sent: PaymentSettings): void {
      base.value = sent
    },
  }
}
