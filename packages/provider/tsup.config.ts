import { library } from '../../tooling/build/tsup.ts';

export default library({
  index: 'src/index.ts',
  'provider-program': 'src/native/provider-program.ts',
});
