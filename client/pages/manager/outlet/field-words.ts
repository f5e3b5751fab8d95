import type { StaffWords } from '../../../i18n/staff/staff-words.ts'

/** A field's name as people say it: `hours.1.0.from` is "Jam buka, Senin". */
export function fieldWords(path: string, t: StaffWords): string {
  const words = t.manager.outlet
  const [first = '', second = '', third = '', fourth = ''] = path.split('.')
  const day = (index: string) => t.manager.weekdays[Number(index)] ?? ''
  switch (first) {
    case 'name':
      return words.name
    case 'chainName':
      return words.chainName
    case 'mark':
      return words.mark
    case 'address':
      return words.address
    case 'dayEndsAt':
      return words.dayEndsAt
    case 'areas':
      return words.areaName(Number(second) + 1)
    case 'hours':
      return `${words.hours}, ${day(second)}`
    case 'specialDays':
      return `${words.specialDays}, ${words.numbered(Number(second) + 1)}`
    case 'seasons':
      return [words.seasons, words.numbered(Number(second) + 1), third === 'hours' ? day(fourth) : '']
        .filter((part) => part !== '')
        .join(', ')
    case 'charges':
      if (third === 'label') {
        return words[second === 'tax' ? 'taxLabel' : 'serviceLabel'][fourth === 'en' ? 'en' : 'id']
      }
      return second === 'tax' ? words.taxRate : words.serviceRate
    case 'caps':
      return words.cap
    default:
      return path
  }
}
