import { expect, it } from 'vitest';
import * as auth from './index.ts';

it('exports these names and no others', () => {
  expect(Object.keys(auth).sort()).toMatchSnapshot();
});
