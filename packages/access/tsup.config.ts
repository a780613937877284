import { library } from '../../tooling/build/tsup.ts';

export default library({ index: 'src/index.ts', 'native/index': 'src/native/index.ts' });
