import { expect, it } from 'vitest';
import * as provider from './index.ts';

it('exports these names and no others', () => {
  expect(Object.keys(provider).sort()).toMatchSnapshot();
});
