/** SQL inside SQL: read again by the same dialect; all of its effects point at the place where it stands. */
import type { TextSpan } from '@countersign/kernel';
import { joinVia, pointed } from '../reader.ts';
import type { Cx } from './context.ts';

export function embedSql(sql: string, span: TextSpan, via: string, cx: Cx): void {
  const inner = cx.reader.embedded({ kind: 'sql', dialect: cx.dialect.name, text: sql });
  cx.out.push(...pointed(inner.effects, span, joinVia(cx.via, via)));
}

export function embedShell(command: string, span: TextSpan, via: string, cx: Cx): void {
  const inner = cx.reader.embedded({ kind: 'shell', text: command });
  cx.out.push(...pointed(inner.effects, span, joinVia(cx.via, via)));
}
