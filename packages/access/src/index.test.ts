import { expect, it } from 'vitest';
import * as access from './index.ts';

it('exports these names and no others', () => {
  expect(Object.keys(access).sort()).toMatchSnapshot();
});
