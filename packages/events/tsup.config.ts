import { library } from '../../tooling/build/tsup.ts';

export default library({
  index: 'src/index.ts',
  'apartment-sink-program': 'src/native/apartment-sink-program.ts',
});
