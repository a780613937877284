import { library } from '../../tooling/build/tsup.ts';

export default library({
  index: 'src/index.ts',
  'apartment-program': 'src/apartment/apartment-program.ts',
  'privileged-program': 'src/worker/privileged-program.ts',
});
