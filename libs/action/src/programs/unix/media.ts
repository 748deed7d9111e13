/** Pictures, sound, video, documents: programs that read files and write others. */
import type { Program } from '../program.ts';
import { converts, each, prints } from './define.ts';

export const MEDIA: readonly Program[] = [
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
    'convert magick composite montage cwebp dwebp gif2webp img2webp webpmux heif-convert heif-enc rsvg-convert potrace autotrace ps2pdf pdf2ps ps2ascii pdftops pdftoppm pdftocairo pdftotext pdftohtml pdfseparate pdfunite pdfcrop qpdf mutool cpdf pdftk wkhtmltopdf wkhtmltoimage weasyprint enscript a2ps unoconv soffice libreoffice catdvi dvips dvipdf dvipng odt2txt docx2txt ebook-convert sox lame oggenc oggdec flac opusenc opusdec wavpack faac faad mpg123 mpg321 mkvmerge mkvextract handbrake-cli HandBrakeCLI mencoder x264 x265 gifsicle gifski giflossy pngquant optipng oxipng pngcrush advpng jpegoptim jpegtran cjpeg djpeg mozjpeg guetzli ppmtogif pnmtopng pngtopnm jpegtopnm pnmtojpeg giftopnm tifftopnm pamscale pnmscale hipstopgm ppmtobmp bmptopnm icotool wrestool dot neato twopi circo fdp sfdp edgepaint gvpr mmdc plantuml ditaa qrencode zbarimg tesseract ocrmypdf gs ghostscript dcraw darktable-cli rawtherapee-cli exiftran gpsbabel ogr2ogr gdal_translate gdalwarp gdalinfo shp2pgsql osm2pgsql sc_tracediff sc_warts2json figlist',
    '-o|--output= -f= -d= -r= -w= -h= -q= -s= -t= -resize= -quality= -format= -depth= -size=',
  ),
  ...each('mogrify mp3gain vorbisgain eyeD3 id3v2 metaflac kid3-cli picard beet', {
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
    'lpstat lpq lpinfo lpoptions cupsctl pactl pacmd amixer alsamixer aplay paplay wpctl pw-cli playerctl mpc cdparanoia growisofs wodim cdrecord cdrdao brightnessctl light xbacklight xrandr ddcutil xinput wlr-randr swaymsg i3-msg bspc hyprctl wmctrl xdotool ydotool xprop xwininfo xev wev bluetoothctl hciconfig hcitool btmgmt v4l2-ctl gphoto2 audtool adb fastboot idevicediagnostics ideviceinfo heimdall scrcpy',
    {
      otherOptions: 'harmless',
      options: '-l|--list|-L|--list-devices -q|--query -i|--info --json --version --help',
      does: [
        { kind: 'read', type: 'system', name: 'devices', when: '-l|-q|-i|--json|--version|--help|#=0' },
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
          when: '!-l !-q !-i !--json !--version !--help !@0=list|ls|info|get|status|show|devices|query|sget|scontrols|contents|current|metadata|diagnostics|preferences-show|getvar|version|help|get-volume|get-state',
          why: 'changes or drives a device',
        },
      ],
    },
  ),
];
