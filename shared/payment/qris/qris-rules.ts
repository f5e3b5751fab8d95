// What makes a merchant code an Indonesian one: rupiah, a postal code, an acquirer's account with a PAN,
// and the national register on every static code. A code for transfers between people, for cash in or
// cash out wears the same name but pays no shop. Amounts are whole rupiah: "38500", "38500." and
// "38500.00" are one amount, while "38.500" is 38 and a half rupiah and surely meant otherwise.
// Sources: QRIS technical document, 4.7 and 4.8; the ceiling: Bank Indonesia, PADG 24/1/2022 art. 8.
import { ok, type Result } from '../../kernel/result.ts'
import type { EmvCode } from './emv-rules.ts'
import { type QrisRefusal, type QrisRefusalCode, refuseQris } from './qris-refusal.ts'
import { lengthOf, readObjects, type TlvObject, textOf } from './tlv.ts'

/** Purposes (62-08) of account 40 that are no sale: transfers, cash in, cash out. */
const TRANSFER_PURPOSES = ['DMCT', 'XBCT', 'BOOK', 'CDPT', 'CWDL']
/** The register's domain now, and as older codes write it. */
const REGISTER_DOMAINS = ['ID.CO.QRIS.WWW', 'ID.OR.GPNQR.WWW']

type Verdict = { readonly code: QrisRefusalCode; readonly at: string } | null

function firstOf(...verdicts: readonly (() => Verdict)[]): Verdict {
  for (const verdict of verdicts) {
    const found = verdict()
    if (found !== null) return found
  }
  return null
}

function domainVerdict(inside: readonly TlvObject[], at: string): Verdict {
  const domain = textOf(inside, '00')
  if (domain === null) return { code: 'qris.domain_missing', at: `${at}-00` }
  const isForm = domain === '00' || /^[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$/.test(domain)
  return isForm && lengthOf(domain) <= 32 ? null : { code: 'qris.domain_malformed', at: `${at}-00` }
}

function criteriaVerdict(inside: readonly TlvObject[], at: string): Verdict {
  const criteria = textOf(inside, '03')
  if (criteria === null || /^[A-Za-z]{3}$/.test(criteria)) return null
  return { code: 'qris.criteria_malformed', at: `${at}-03` }
}

function accountVerdict(inside: readonly TlvObject[], at: string): Verdict {
  const pan = textOf(inside, '01')
  const merchantId = textOf(inside, '02')
  return firstOf(
    () => domainVerdict(inside, at),
    () => (pan === null ? { code: 'qris.pan_missing', at: `${at}-01` } : null),
    // The last digit is no Luhn digit in most codes in use: it is not looked at.
    () => (/^\d{8,19}$/.test(pan ?? '') ? null : { code: 'qris.pan_malformed', at: `${at}-01` }),
    () => (lengthOf(merchantId ?? '') <= 15 ? null : { code: 'qris.merchant_id_too_long', at: `${at}-02` }),
    () => criteriaVerdict(inside, at),
  )
}

function repositoryVerdict({ objects, templates }: EmvCode): Verdict {
  const inside = templates.get('51')
  if (!inside) {
    return textOf(objects, '01') === '11' ? { code: 'qris.repository_missing', at: '51' } : null
  }
  const domain = textOf(inside, '00')
  const nmid = textOf(inside, '02')
  if (domain === null) return { code: 'qris.domain_missing', at: '51-00' }
  if (!REGISTER_DOMAINS.includes(domain)) return { code: 'qris.repository_foreign', at: '51-00' }
  if (nmid === null) return { code: 'qris.nmid_missing', at: '51-02' }
  if (!/^[A-Za-z0-9]{1,15}$/.test(nmid)) return { code: 'qris.nmid_malformed', at: '51-02' }
  return criteriaVerdict(inside, '51')
}

function accountsVerdict({ objects, templates }: EmvCode): Verdict {
  const isDomestic = objects.some(({ id }) => (id >= '02' && id <= '45') || id === '51')
  if (!isDomestic) return { code: 'qris.domestic_account_missing', at: '02-45' }
  return firstOf(
    ...[...templates]
      .filter(([id]) => id >= '26' && id <= '45')
      .map(
        ([id, inside]) =>
          () =>
            accountVerdict(inside, id),
      ),
  )
}

function textVerdict(root: readonly TlvObject[]): Verdict {
  if (textOf(root, '59')?.includes('|')) return { code: 'qris.name_with_pipe', at: '59' }
  if (textOf(root, '60')?.includes('|')) return { code: 'qris.city_with_pipe', at: '60' }
  return textOf(root, '61') === null ? { code: 'qris.postal_code_missing', at: '61' } : null
}

/** 62-99, for domestic use: a template of its own, domain up to 32 characters, data up to 81. */
function proprietaryVerdict({ templates }: EmvCode): Verdict {
  const value = textOf(templates.get('62') ?? [], '99')
  if (value === null) return null
  const malformed = { code: 'qris.proprietary_malformed', at: '62-99' } as const
  const read = readObjects(value, '62-99')
  if (!read.ok) return malformed
  const domain = textOf(read.value, '00')
  if (domain === null || lengthOf(domain) > 32) return malformed
  return lengthOf(textOf(read.value, '01') ?? '') > 81 ? malformed : null
}

function amountVerdict(root: readonly TlvObject[], maxRp: number): Verdict {
  const amount = textOf(root, '54')
  if (amount === null) return null
  if (!/^\d+(\.0{0,2})?$/.test(amount)) return { code: 'qris.amount_fraction', at: '54' }
  return Number(amount) > maxRp ? { code: 'qris.amount_over_limit', at: '54' } : null
}

function isTransfer({ templates }: EmvCode): boolean {
  return templates.has('40') && TRANSFER_PURPOSES.includes(textOf(templates.get('62') ?? [], '08') ?? '')
}

/**
 * Refuses what is no merchant code by design, before it is blamed for the objects that it lacks:
 * another country's credit transfer has neither category, name nor city.
 */
export function checkPurpose(code: EmvCode): Result<EmvCode, QrisRefusal> {
  if (isTransfer(code)) return refuseQris('qris.transfer_code', '62-08')
  const country = textOf(code.objects, '58')
  const hasNoMerchant = ['52', '59', '60'].every((id) => textOf(code.objects, id) === null)
  if (hasNoMerchant && country !== null && country !== 'ID') return refuseQris('qris.not_merchant_code')
  return ok(code)
}

/** The first rule of QRIS that `code` breaks, or the code itself. `maxRp` is the most that one payment may be. */
export function checkQris(code: EmvCode, maxRp: number): Result<EmvCode, QrisRefusal> {
  const { objects } = code
  const verdict = firstOf(
    () => (textOf(objects, '58') === 'ID' ? null : { code: 'qris.country_foreign', at: '58' }),
    () => (textOf(objects, '53') === '360' ? null : { code: 'qris.currency_foreign', at: '53' }),
    () => textVerdict(objects),
    () => accountsVerdict(code),
    () => repositoryVerdict(code),
    () => proprietaryVerdict(code),
    () => amountVerdict(objects, maxRp),
  )
  return verdict === null ? ok(code) : refuseQris(verdict.code, verdict.at)
}
