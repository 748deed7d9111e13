/** What Python's names do: built-ins, the standard library and the packages that one-liners use. From their manuals. */
import { type Language, deedsOf, wordsIn } from '../language.ts';

const DEEDS = deedsOf([
  [
    'os.system os.popen subprocess.getoutput subprocess.getstatusoutput commands.getoutput commands.getstatusoutput popen2.popen2 asyncio.create_subprocess_shell pty.spawn.text',
    '!0',
  ],
  ['subprocess.run subprocess.call subprocess.check_call subprocess.check_output subprocess.Popen pty.spawn', '@0'],
  ['asyncio.create_subprocess_exec os.execl os.execlp os.execle os.execlpe', '@0+'],
  ['os.execv os.execvp os.execve os.execvpe os.posix_spawn os.posix_spawnp', '@0,1'],
  ['os.spawnv os.spawnvp os.spawnve os.spawnvpe', '@1,2'],
  ['os.spawnl os.spawnlp os.spawnle os.spawnlpe', '@1+'],
  ['os.startfile', '*code_execution opens a file with its program'],
  ['shutil.rmtree', 'rm -rf $0'],
  ['os.remove os.unlink send2trash.send2trash', 'rm -f $0'],
  ['os.rmdir', 'rmdir $0'],
  ['os.removedirs', 'rmdir -p $0'],
  ['pathlib.Path().unlink', 'rm -f $self'],
  ['pathlib.Path().rmdir', 'rmdir $self'],
  ['os.rename os.renames os.replace shutil.move', 'mv $0 $1'],
  ['pathlib.Path().rename pathlib.Path().replace', 'mv $self $0'],
  ['shutil.copy shutil.copy2 shutil.copyfile shutil.copymode shutil.copystat', 'cp $0 $1'],
  ['shutil.copytree', 'cp -r $0 $1'],
  ['os.mkdir os.makedirs', 'mkdir -p $0'],
  ['pathlib.Path().mkdir', 'mkdir -p $self'],
  ['pathlib.Path().touch', 'touch $self'],
  ['os.truncate', 'truncate -s 0 $0'],
  ['os.chmod os.lchmod', 'chmod $1 $0'],
  ['pathlib.Path().chmod', 'chmod $0 $self'],
  ['os.chown os.lchown shutil.chown', 'chown $1 $0'],
  ['os.symlink', 'ln -s $0 $1'],
  ['os.link', 'ln $0 $1'],
  ['pathlib.Path().symlink_to', 'ln -s $0 $self'],
  ['os.mkfifo', 'mkfifo $0'],
  ['os.listdir os.scandir os.walk glob.glob glob.iglob os.stat os.lstat os.readlink', 'ls'],
  ['open io.open codecs.open gzip.open bz2.open lzma.open os.open', 'open 0 1'],
  ['os.fdopen', '-'],
  ['pathlib.Path().open', 'open self 0'],
  ['pathlib.Path().read_text pathlib.Path().read_bytes', 'cat $self'],
  ['pathlib.Path().write_text pathlib.Path().write_bytes', 'tee $self'],
  [
    'linecache.getline linecache.getlines numpy.load numpy.loadtxt numpy.genfromtxt numpy.fromfile pandas.read_csv pandas.read_json pandas.read_excel pandas.read_parquet pandas.read_table pandas.read_feather pandas.read_xml pandas.read_html',
    'cat $0',
  ],
  ['?.to_csv ?.to_json ?.to_excel ?.to_parquet ?.savefig ?.tofile numpy.savetxt matplotlib.pyplot.savefig', 'tee $0'],
  ['pandas.read_sql pandas.read_sql_query', 'sql: 0'],
  ['numpy.save numpy.savez', 'tee $0'],
  [
    'pandas.read_pickle pickle.load pickle.loads cPickle.loads cPickle.load _pickle.loads dill.loads marshal.loads marshal.load yaml.load yaml.unsafe_load yaml.full_load_all shelve.open jsonpickle.decode torch.load joblib.load',
    '*code_execution what it loads may be code',
  ],
  ['eval exec compile code.interact', '=0'],
  [
    'execfile runpy.run_path runpy.run_module imp.load_source importlib.import_module __import__ importlib.util.spec_from_file_location',
    '*opaque code that is not in the text',
  ],
  [
    'ctypes.CDLL ctypes.cdll.LoadLibrary ctypes.WinDLL ctypes.PyDLL ctypes.util.find_library cffi.FFI().dlopen',
    '*code_execution loads a library',
  ],
  ['types.FunctionType types.CodeType', '*opaque code that is put together'],
  ['os.kill os.killpg', 'kill -9 $0'],
  ['signal.pthread_kill os.abort os.forkpty', '*process_control ends a process'],
  [
    'os.setuid os.setgid os.seteuid os.setegid os.setreuid os.setresuid os.setgroups os.initgroups',
    '*identity_change acts as another user',
  ],
  ['os.dup2 os.dup', '-'],
  ['os.putenv os.unsetenv os.umask os.nice os.chdir os.fchdir', '*session changes its own process'],
  ['os.chroot', '*identity_change changes the root of the file system'],
  ['os.environ.copy os.environ.items os.environ.values', '*secret_read reads the whole environment'],
  [
    'requests.get requests.head requests.options urllib.request.urlopen urllib2.urlopen httpx.get httpx.head urllib.urlopen',
    'ask',
  ],
  ['urllib.request.urlretrieve urllib.urlretrieve wget.download', 'curl -o $1 $0'],
  ['requests.post httpx.post', 'curl -X POST -d data $0'],
  ['requests.put httpx.put', 'curl -X PUT -d data $0'],
  ['requests.patch httpx.patch', 'curl -X PATCH -d data $0'],
  ['requests.delete httpx.delete', 'curl -X DELETE $0'],
  ['requests.request httpx.request', '*network sends a request'],
  [
    'requests.Session httpx.Client httpx.AsyncClient aiohttp.ClientSession urllib.request.Request http.client.HTTPConnection http.client.HTTPSConnection urllib3.PoolManager',
    '*network opens a connection',
  ],
  [
    'socket.socket socket.create_connection socket.create_server socket.getaddrinfo socket.gethostbyname ssl.wrap_socket socketserver.TCPServer http.server.HTTPServer http.server.test websocket.create_connection telnetlib.Telnet ftplib.FTP ftplib.FTP_TLS paramiko.SSHClient imaplib.IMAP4_SSL poplib.POP3 xmlrpc.client.ServerProxy asyncio.open_connection asyncio.start_server webbrowser.open',
    '*network opens a connection or a listener',
  ],
  ['smtplib.SMTP smtplib.SMTP_SSL boto3.client boto3.resource', '*network opens a connection'],
  [
    '?.sendmail ?.send_message ?.upload_file ?.upload_fileobj ?.storbinary ?.sendall ?.sendfile ?.post ?.put',
    '*export sends data away',
  ],
  ['?.connect ?.bind ?.listen', '*network opens a connection or a listener'],
  [
    'psycopg2.connect psycopg.connect pymysql.connect mysql.connector.connect pyodbc.connect cx_Oracle.connect sqlalchemy.create_engine redis.Redis pymongo.MongoClient redis.from_url',
    '*network connects to a database',
  ],
  ['sqlite3.connect', '-'],
  [
    'sqlite3.connect().execute sqlite3.connect().executescript sqlite3.connect().executemany sqlite3.connect().cursor().execute sqlite3.connect().cursor().executescript sqlite3.connect().cursor().executemany',
    'sql:sqlite 0',
  ],
  ['psycopg2.connect().cursor().execute psycopg.connect().execute psycopg.connect().cursor().execute', 'sql:postgres 0'],
  ['pymysql.connect().cursor().execute mysql.connector.connect().cursor().execute', 'sql:mysql 0'],
  ['?.execute ?.executescript ?.executemany ?.read_sql ?.raw', 'sql: 0'],
  ['?.unlink ?.rmtree', 'rm -rf $0'],
  ['?.rmdir', 'rmdir $0'],
  ['?.write_text ?.write_bytes', 'tee $self'],
  ['?.read_text ?.read_bytes', 'cat $self'],
  ['?.extractall', 'unpack 0'],
  ['?.extract', 'unpack 1'],
  ['timeit.timeit timeit.repeat cProfile.run cProfile.runctx profile.run profile.runctx', '=0'],
  ['logging.config.fileConfig logging.config.dictConfig logging.config.listen', '*code_execution the settings name code'],
  ['zipfile.ZipFile tarfile.open', 'open 0 1'],
  ['shutil.unpack_archive', 'tar -xf $0'],
  ['shutil.make_archive', 'tee $0'],
  ['?.system ?.popen', '!0'],
  ['?.exec_command', '*code_execution runs a command on another machine'],
  ['?.terminate ?.kill ?.send_signal', '*process_control ends a process'],
  ['atexit.register signal.signal threading.Timer threading.Thread multiprocessing.Process', '-'],
  ['sys.settrace sys.setprofile sys.addaudithook', '*opaque runs code at every step'],
  ['pip.main pip._internal.main ensurepip.bootstrap', '*code_execution installs packages'],
  ['antigravity.geohash', '-'],
  ['winreg.DeleteKey winreg.SetValueEx winreg.CreateKey', '*config_change changes the registry'],
  ['input', '-'],
]);

const PURE = wordsIn(
  `abs all any ascii bin bool bytearray bytes callable chr complex delattr dict dir divmod enumerate filter float format frozenset hasattr hash
   help hex id int isinstance issubclass iter len list map max memoryview min next object oct ord pow print property range repr reversed round
   set setattr slice sorted staticmethod classmethod str sum super tuple type vars zip locals unicode long xrange reduce
   exit quit raw_input Exception ValueError TypeError KeyError IndexError RuntimeError OSError IOError SystemExit KeyboardInterrupt
   StopIteration AssertionError AttributeError NotImplementedError FileNotFoundError PermissionError ImportError NameError ZeroDivisionError`,
  `json.** math.** re.** itertools.** collections.** datetime.** string.** textwrap.** hashlib.** hmac.** base64.** statistics.** random.**
   decimal.** fractions.** functools.** operator.** typing.** dataclasses.** enum.** uuid.** time.** calendar.** bisect.** heapq.** copy.** pprint.**
   csv.** struct.** zlib.** binascii.** html.** unicodedata.** difflib.** secrets.** ast.** platform.** locale.** numbers.** array.** argparse.**
   keyword.** tokenize.** token.** timeit.** tempfile.** logging.** warnings.** contextlib.** abc.** io.** errno.** getpass.** queue.** sched.** threading.**
   concurrent.** multiprocessing.** asyncio.** traceback.** inspect.** dis.** cProfile.** profile.** pstats.** gc.** weakref.** types.** sysconfig.** site.**
   ipaddress.** mimetypes.** email.** quopri.** colorsys.** shlex.** fnmatch.** stat.** filecmp.** configparser.** tomllib.** tomli.** toml.** xml.** plistlib.**
   zoneinfo.** cmath.** graphlib.** gettext.** optparse.** getopt.** unittest.** doctest.** codecs.** pkgutil.** importlib.metadata.** pkg_resources.**
   numpy.** pandas.** matplotlib.** scipy.** sympy.** sklearn.** PIL.** yaml.safe_load yaml.safe_load_all yaml.dump yaml.safe_dump jwt.** dateutil.** pytz.** six.** attr.**
   attrs.** pydantic.** rich.** click.** colorama.** tabulate.** tqdm.** termcolor.** networkx.** bs4.** lxml.** markdown.** jinja2.** chardet.** packaging.** torch.**
   tensorflow.** transformers.** tiktoken.** orjson.** ujson.** simplejson.** msgpack.** google.protobuf.** sys.exit sys.getsizeof sys.getrecursionlimit
   sys.setrecursionlimit sys.getdefaultencoding sys.getfilesystemencoding sys.exc_info sys.intern sys.stdout.** sys.stderr.** sys.stdin.** sys.version_info.**
   os.path.** os.getcwd os.getpid os.getppid os.getuid os.getgid os.geteuid os.getlogin os.uname os.cpu_count os.getenv os.environ.get os.environ.setdefault os.sep
   os.get_terminal_size os.isatty os.access os.getpgid os.getloadavg os.urandom os.path os.fspath os.waitpid os.wait os.times os._exit os.close os.pipe os.fork
   os.strerror os.getgroups os.sysconf os.cpu_count os.read
   urllib.parse.** http.HTTPStatus pathlib.Path pathlib.PurePath pathlib.PosixPath pathlib.PurePosixPath pathlib.Path.cwd pathlib.Path.home
   shutil.which shutil.disk_usage shutil.get_terminal_size subprocess.PIPE subprocess.list2cmdline socket.gethostname socket.inet_ntoa socket.inet_aton socket.htons
   socket.getfqdn socket.inet_pton glob.escape signal.alarm resource.** pwd.getpwuid pwd.getpwnam grp.getgrgid sqlite3.** ssl.create_default_context ssl.** zipfile.is_zipfile
   tarfile.is_tarfile sqlite3.connect uuid.uuid4 crypt.crypt bcrypt.** cryptography.** psutil.virtual_memory psutil.cpu_percent psutil.disk_usage psutil.cpu_count
   psutil.process_iter psutil.boot_time psutil.net_io_counters psutil.pids this.s`,
);

/** On an object that nobody knows these compute, or use what an earlier call opened and was judged for. */
const METHODS = wordsIn(
  `add all any append apply as_posix astimezone astype avg b64decode b64encode capitalize casefold cancel center clear close closed copy count cpu_percent
   cursor date day decode deepcopy describe difference digest digits discard drop dropna dump dumps encode end endswith exists expandtabs extend fetchall
   fetchone fetchmany fillna filter find find_all findall finditer flatten flush format format_map fromisoformat fromkeys get getbuffer getroot getvalue getmembers
   group groupby groupdict groups head hexdigest hex hour index info infolist insert intersection is_absolute is_dir is_file isalnum isalpha isdigit isdecimal isidentifier
   islower isnumeric isoformat isoweekday isspace istitle isupper items iterdir iterrows itertuples join json key keys ljust loads lower lstrip match max mean median merge min minute mode month
   most_common name namelist notnull nunique parse partition pop popitem prettify process quantile read readable readall readline readlines reset_index resolve relative_to remove replace reshape reverse
   rfind rglob rindex rjust rollback round rpartition rsplit rstrip sample second seek select_one shape size sleep sort sort_values split splitlines start startswith stat std
   strftime strip strptime sub subn suffix sum swapcase symmetric_difference tail tell text timestamp timetuple title to_bytes to_dict to_string today tolist total_seconds total transpose translate
   union unique update upper value_counts values weekday with_name with_suffix write writelines writerow writerows writeheader writable year zfill glob joinpath absolute
   expanduser parent parents stem parts cwd home getnames getmember testzip readinto seekable isatty fileno wait communicate poll result done submit shutdown start_new
   acquire release put_nowait get_nowait task_done qsize empty commit setdefault issubset issuperset isdisjoint set_index to_numpy dot iloc loc plot show print_help parse_args add_argument
   add_parser ratio get_text select status_code raise_for_status headers getcode geturl iter_content iter_lines randint choice shuffle uniform randrange seed lstat is_symlink
   samefile match_hostname settimeout setsockopt recv recvfrom accept send gettempdir mktime run_until_complete new_event_loop gather run`,
);

const GLOBALS = new Map<string, string>([
  ['__builtins__', '?'],
  ['globals', '?.globals'],
]);

const MODULES = wordsIn(
  `os sys subprocess shutil pathlib glob io codecs gzip bz2 lzma json math re itertools collections datetime string textwrap hashlib hmac base64 statistics random
   decimal fractions functools operator typing dataclasses enum uuid time calendar bisect heapq copy pprint csv struct zlib binascii html unicodedata difflib secrets ast
   platform locale numbers array argparse keyword tokenize token timeit tempfile logging warnings contextlib abc errno getpass queue sched threading concurrent multiprocessing
   asyncio traceback inspect dis cProfile profile pstats gc weakref types sysconfig site ipaddress mimetypes email quopri colorsys shlex fnmatch stat filecmp configparser tomllib
   tomli toml xml plistlib zoneinfo cmath graphlib gettext optparse getopt unittest doctest pkgutil importlib pkg_resources numpy pandas matplotlib scipy sympy sklearn PIL yaml jwt
   dateutil pytz six attr attrs pydantic rich click colorama tabulate tqdm termcolor networkx bs4 lxml markdown jinja2 chardet packaging torch tensorflow transformers tiktoken
   orjson ujson simplejson msgpack google urllib urllib2 http requests httpx aiohttp socket ssl socketserver smtplib ftplib telnetlib paramiko imaplib poplib xmlrpc webbrowser
   websocket psycopg2 psycopg pymysql mysql pyodbc cx_Oracle sqlalchemy redis pymongo sqlite3 pickle cPickle _pickle dill marshal shelve jsonpickle joblib ctypes cffi pty tty termios
   signal atexit resource pwd grp linecache runpy imp code pip ensurepip winreg wget send2trash boto3 psutil bcrypt cryptography crypt commands popen2 this antigravity
   zipfile tarfile select selectors fcntl mmap builtins __future__ urllib3 curses readline cmd pdb trace posixpath ntpath posix`,
);

export const PYTHON: Language = {
  dialect: 'python',
  deeds: DEEDS,
  pure: PURE,
  methods: METHODS,
  globals: GLOBALS,
  doors:
    /^__(builtins|globals|subclasses|class|bases|base|mro|dict|code|import|getattribute|reduce|loader|spec|self|closure)__$|^f_globals$|^gi_frame$|^modules$/,
  modules: (name) => MODULES.has(name.split('.')[0] ?? ''),
};
