import { expect, it } from 'vitest';
import * as events from './index.ts';

it('exports these names and no others', () => {
  expect(Object.keys(events).sort()).toMatchSnapshot();
});
