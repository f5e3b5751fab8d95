// In a component: `const t = useWords()`, then `{{ t.menu.question }}` in the template and `t.value.menu.question` in the script;
// a new sentence goes into customer.id.ts first, TypeScript then demands it in customer.en.ts.

import type { Translation } from '../dictionary.ts'
import { createWords } from '../useLanguage.ts'
import { customerId } from './customer.id.ts'

type CustomerWords = Translation<typeof customerId>

export const useWords = createWords<CustomerWords>(customerId, () =>
  import('./customer.en.ts').then((module) => module.customerEn),
)
