import { expect, it } from 'vitest';
import * as wbem from './index.ts';

it('exports these names and no others', () => {
  expect(Object.keys(wbem).sort()).toMatchSnapshot();
});
