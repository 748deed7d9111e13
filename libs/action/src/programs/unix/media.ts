/** Pictures, sound, video, documents: programs that read files and write others. */
import type { Program } from '../program.ts';
import { converts, each, prints, showing, subs } from './define.ts';
import { pipedInput } from './pipes.ts';

export const MEDIA: readonly Program[] = [
  {
    names: ['gs', 'ghostscript', 'gsx'],
    syntax: 'go',
    otherOptions: 'harmless',
    options: '-sOutputFile= -o= -c -f -dNOSAFER -sDEVICE= -dBATCH -dNOPAUSE -q -r= -dSAFER -h -v',
    does: [
      { kind: 'read', on: '*' },
      { kind: 'write', on: '-sOutputFile -o' },
      {
        kind: 'code_execution',
        type: 'program',
        on: '-sOutputFile -o',
        when: '-sOutputFile^%pipe%|-o^%pipe%',
        why: 'the output goes into a command',
      },
      { kind: 'opaque', when: '-c|-dNOSAFER', why: 'PostScript may read and write files' },
    ],
  },
  {
    names: ['sox', 'play'],
    otherOptions: 'harmless',
    options: '-r= -b= -c= -e= -t= -n -p -S -V? -v=',
    does: [
      { kind: 'read', on: '..-1' },
      { kind: 'write', on: '-1', when: '#>1' },
    ],
    refine: pipedInput,
  },
  {
    names: ['mutool'],
    otherOptions: 'harmless',
    options: '-o=',
    does: [{ kind: 'write', on: '-o' }],
    sub: {
      ...subs('draw convert show info pages extract clean create merge poster sign trace grep', {
        does: [
          { kind: 'read', on: '*' },
          { kind: 'write', name: '.', scope: 'bounded' },
        ],
      }),
      run: { does: [{ kind: 'code_execution', type: 'script', on: '0', evenWithout: true }] },
    },
  },
  {
    names: ['soffice', 'libreoffice', 'ebook-convert'],
    otherOptions: 'harmless',
    options: '--convert-to= --outdir= --headless --accept= --infilter= --print-to-file --version --help -env=',
    does: [
      { kind: 'read', on: '*', when: '!@*^macro:' },
      { kind: 'write', on: '--outdir', scope: 'bounded' },
      { kind: 'write', name: '.', scope: 'bounded', when: '!--outdir !--version' },
      { kind: 'code_execution', type: 'macro', on: '*', when: '@*^macro:|vnd.sun.star.script:', why: 'runs a macro' },
      { kind: 'code_execution', type: 'recipe', on: '*', when: '@*~.recipe', why: 'runs a recipe' },
      { kind: 'network', type: 'listener', on: '--accept', why: 'takes commands from others' },
    ],
  },
  {
    names: ['convert', 'magick'],
    syntax: 'go',
    otherOptions: 'harmless',
    options:
      '-resize= -quality= -format= -depth= -size= -rotate= -crop= -density= -write= -geometry= -fill= -font= -pointsize= -gravity= -background= -fuzz= -delay= -loop=',
    does: [
      { kind: 'read', on: '..-1' },
      { kind: 'write', on: '-write' },
      { kind: 'write', on: '-1', when: '#>1' },
      {
        kind: 'opaque',
        on: '*',
        when: '@*^msl:|mvg:|ephemeral:|pipe:|https:|http:|url:|text:|label:@|caption:@',
        why: 'a coder that reads, removes or fetches by itself',
      },
    ],
  },
  {
    names: ['adb', 'fastboot', 'heimdall'],
    syntax: 'posix',
    options: '-s= -t= -H= -P= -d -e -a -L= --version -h|--help',
    sub: {
      ...subs(
        'devices version help get-state get-serialno get-devpath features logcat bugreport getvar host-features',
        showing('phone'),
      ),
      reverse: {
        syntax: 'gnu',
        options: '--list --remove= --remove-all --no-rebind',
        does: [
          { kind: 'read', type: 'system', name: 'phone', when: '--list' },
          { kind: 'network', type: 'listener', on: '*', evenWithout: true, when: '!--list' },
        ],
      },
      forward: {
        syntax: 'gnu',
        options: '--list --remove= --remove-all --no-rebind',
        does: [
          { kind: 'read', type: 'system', name: 'phone', when: '--list' },
          { kind: 'network', type: 'listener', on: '*', evenWithout: true, when: '!--list' },
        ],
      },
      shell: {
        runs: [{ as: 'shell', from: '*' }],
        does: [
          { kind: 'opaque', when: '#=0', why: 'commands are typed in' },
          { kind: 'identity_change', type: 'device', name: 'phone' },
        ],
      },
      pull: {
        syntax: 'gnu',
        otherOptions: 'harmless',
        does: [
          { kind: 'write', on: '1' },
          { kind: 'write', name: '.', when: '#=1' },
        ],
      },
      ...subs(
        'push install install-multiple uninstall root unroot remount sideload reboot kill-server start-server connect disconnect tcpip usb flash boot flashing oem continue format erase wait-for-device disable-verity enable-verity backup restore keygen pair set_active',
        {
          otherOptions: 'harmless',
          does: [{ kind: 'config_change', type: 'device', on: '*', evenWithout: true, why: 'changes the phone' }],
        },
      ),
    },
  },
  ...prints(
    'identify mediainfo ffprobe pdfinfo pdffonts pngcheck jpeginfo webpinfo soxi mp3info exiftags xmp fc-list fc-match fc-query showkey wavinfo sndfile-info opusinfo ogginfo mkvinfo pdfgrep',
  ),
  {
    names: ['ffmpeg', 'avconv'],
    syntax: 'go',
    otherOptions: 'harmless',
    options:
      '-i= -f= -c= -ss= -t= -to= -vf= -af= -filter_complex= -map= -b= -r= -s= -y -n -report -passlogfile= -dump_attachment=',
    does: [
      { kind: 'read', on: '-i' },
      { kind: 'write', on: '-1', when: '#>0' },
      { kind: 'network', type: 'url', on: '*', when: '@*^rtmp|tcp:|udp:|rtsp|http|srt:|ftp' },
    ],
  },
  ...converts(
    '  composite montage cwebp dwebp gif2webp img2webp webpmux heif-convert heif-enc rsvg-convert potrace autotrace ps2pdf pdf2ps ps2ascii pdftops pdftoppm pdftocairo pdftotext pdftohtml pdfseparate pdfunite pdfcrop qpdf  cpdf pdftk wkhtmltopdf wkhtmltoimage weasyprint enscript a2ps unoconv   catdvi dvips dvipdf dvipng odt2txt docx2txt   lame oggenc oggdec flac opusenc opusdec wavpack faac faad mpg123 mpg321 mkvmerge mkvextract handbrake-cli HandBrakeCLI mencoder x264 x265  gifski giflossy pngquant   pngcrush   jpegtran cjpeg djpeg mozjpeg guetzli ppmtogif pnmtopng pngtopnm jpegtopnm pnmtojpeg giftopnm tifftopnm pamscale pnmscale hipstopgm ppmtobmp bmptopnm icotool wrestool dot neato twopi circo fdp sfdp edgepaint gvpr mmdc plantuml ditaa qrencode zbarimg tesseract ocrmypdf   dcraw darktable-cli rawtherapee-cli exiftran gpsbabel ogr2ogr gdal_translate gdalwarp gdalinfo shp2pgsql osm2pgsql sc_tracediff sc_warts2json figlist',
  ),
  ...each('optipng oxipng advpng jpegoptim gifsicle mogrify mp3gain vorbisgain eyeD3 id3v2 metaflac kid3-cli picard beet', {
    otherOptions: 'harmless',
    options: '-l|--list',
    does: [
      { kind: 'read', on: '*', when: '-l' },
      { kind: 'write', on: '*', scope: 'bounded', when: '!-l', why: 'edits in place' },
    ],
  }),
  ...each('lp lpr', {
    otherOptions: 'harmless',
    options: '-d= -P= -n= -o= -h= -H=',
    does: [
      { kind: 'export', type: 'printer', on: '-d -P', evenWithout: true, why: 'prints it' },
      { kind: 'read', on: '*' },
    ],
  }),
  ...each(
    'lpstat lpq lpinfo lpoptions cupsctl pactl pacmd amixer alsamixer aplay paplay wpctl pw-cli playerctl mpc cdparanoia growisofs wodim cdrecord cdrdao brightnessctl light xbacklight xrandr ddcutil xinput wlr-randr swaymsg i3-msg bspc hyprctl wmctrl xdotool ydotool xprop xwininfo xev wev bluetoothctl hciconfig hcitool btmgmt v4l2-ctl gphoto2 audtool   idevicediagnostics ideviceinfo  scrcpy',
    {
      otherOptions: 'harmless',
      options: '--version -s= -c= -D= -d= -P= -p=',
      does: [
        { kind: 'read', type: 'system', name: 'devices', when: '#=0|--version' },
        {
          kind: 'read',
          type: 'system',
          name: 'devices',
          when: '@0=list|ls|info|get|status|show|devices|query|sget|scontrols|contents|current|metadata|diagnostics|preferences-show|getvar|version|help|get-volume|get-state',
        },
        {
          kind: 'config_change',
          type: 'device',
          on: '*',
          when: '!--version !@0=list|ls|info|get|status|show|devices|query|sget|scontrols|contents|current|metadata|diagnostics|preferences-show|getvar|version|help|get-volume|get-state',
          why: 'changes or drives a device',
        },
      ],
    },
  ),
];
