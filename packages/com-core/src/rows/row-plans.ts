import type { CimObject } from '@wmisec/wbem';
import type { FillPlan } from '../calls/thread-task.ts';
import type { Bstr } from '../com/bstr.ts';
import type { Com } from '../com/com.ts';
import { readEmbedded } from '../objects/read-object.ts';
import { IWbemClassObject } from '../raw/interfaces/client.ts';
import { slotOf } from '../raw/method-slot.ts';
import type { ValueSource } from '../values/read-variant.ts';
import { RowPlan } from './row-plan.ts';

/** Classes of one enumerator that get a plan; rows of further ones are read one by one. */
const MOST = 64;

/** What has been learned about the rows of one enumerator, class by class. */
export class RowPlans implements Disposable {
  readonly #plans: RowPlan[] = [];
  readonly #known = new Set<string>();
  readonly #className: Bstr;
  readonly #source: ValueSource;
  #isClasses = false;

  constructor(com: Com) {
    this.#className = com.bstr('__CLASS');
    this.#source = { native: com.native, embedded: (ptr) => readEmbedded(com, ptr, 2) };
  }

  /** False while the next fetch should be a single row, to learn from. */
  get ready(): boolean {
    return this.#isClasses || this.#plans.length > 0;
  }

  /** The plan for a fetch; null for rows that are classes, and before the first row. */
  get fill(): FillPlan | null {
    if (this.#plans.length === 0) return null;
    const { offset, widths } = slotOf(IWbemClassObject, 'Get');
    return {
      getOffset: offset,
      getWidths: widths,
      className: this.#className.ptr,
      classes: this.#plans.map((plan) => [plan.shape.className, plan.nameTexts]),
    };
  }

  /** The VARIANTs of the widest row; 0 without a plan. */
  get width(): number {
    return this.#plans.reduce((most, plan) => Math.max(most, 1 + plan.nameTexts.length), 0);
  }

  at(index: number): RowPlan | undefined {
    return this.#plans[index];
  }

  /** Plans for the rows that are like this one, which was read in full. */
  learn(first: CimObject): void {
    if (first.kind === 'class') {
      this.#isClasses = true;
      return;
    }
    const { className } = first.shape;
    if (this.#known.has(className) || this.#plans.length >= MOST) return;
    this.#known.add(className);
    this.#plans.push(new RowPlan(this.#source, first));
  }

  [Symbol.dispose](): void {
    for (const plan of this.#plans.splice(0)) plan[Symbol.dispose]();
    this.#className[Symbol.dispose]();
  }
}
