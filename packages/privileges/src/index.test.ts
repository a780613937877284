import { expect, it } from 'vitest';
import * as privileges from './index.ts';

it('exports these names and no others', () => {
  expect(Object.keys(privileges).sort()).toMatchSnapshot();
});
