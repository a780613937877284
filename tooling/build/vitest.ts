import { defineProject, type UserWorkspaceConfig } from 'vitest/config';

const conditions = ['@wmisec/source', 'import', 'node', 'default'];

/** Tests that run on any OS, against sources: no build comes first. */
export function unitProject(name: string, include = ['src/**/*.test.ts']): UserWorkspaceConfig {
  return defineProject({
    resolve: { conditions },
    ssr: { resolve: { conditions, externalConditions: conditions } },
    test: { name, include, testTimeout: 30_000 },
  });
}

/** Tests that need COM: Windows, or Windows' node.exe under Wine. */
export function nativeProject(name: string): UserWorkspaceConfig {
  return defineProject({
    resolve: { conditions },
    ssr: { resolve: { conditions, externalConditions: conditions } },
    test: { name: `native:${name}`, include: ['native/**/*.test.ts'], pool: 'forks', testTimeout: 60_000 },
  });
}
