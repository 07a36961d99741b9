/** Frequent words of English text about Docker, so that such text takes about as many word pieces as with the published vocabulary. */
export const frequentWords: readonly string[] = `
ab above account across active addresses adds again against ago alias alone along already although amd among ana anew anonymous
answer answers anything appear appnet archive arg arm around ask asks available avoid away background backup bad bb become been
begin begins behind belong belongs below best better big bin bit body books brief bring builder building buildkit buy cache came
cannot care carries carry case cat cause certain changed choose chown ci clear close cloud cmd collection com come comes commit
common company compare complete complex conf config configuration connections consider console contain containerd contains
content context control copied copies correct cost count counts course cpus creates ctrl cure curl current currently dangling
databases date day days db decide decides deep deleted deletes denied depend depends deploy describe described design desktop
destination detached detail dev develop developer development device df difference digest directly directories disk distribution
dockerd dockerfile document done down dst during early easy echo edit effect else elsewhere empty enabled end ended ends enough
enter entrypoint env etc eth even ever everything exact exist existing exists exited expect explain export exposed external fact
fail failed fails family far fast feature features fetches few ff field fill filled filter final find finish firewall fix flag
flags flask folders follow follows force foreground form format forward found free front further future gateway gb general
generate gets ghcr git gives goes gone good great grep groups grow gz hand handbook handle happen happens hard hardware head
healthcheck healthy heart hello help high history hold holds home hours however html huge id idea important improve include
included includes increase independent index individual info information init initial instead integration interactive
interesting interfaces internal io issue item itself job jobs join js jun kb keeps kept kind know known language later latest
lead learn leave leaves left less level lib library life likely lines link links listed listen listens lists live load localhost
location longer look loopback lost lot low mac machines macos macvlan made main maintain maintainer makes manage management
manager maps match matter max mb md mean media merely method mind minute minutes missing mode modern module modules monitor
month move much named names namespace namespaces natural nearly necessary net never newer nobody none normal notes nothing npm
null numbers object obvious off offer often ok old older onbuild once ones open operating operation opt optional options order
org original os otherwise overlay owns pair parameter parent particular pass password past pause paused peer people perform
permission person pgdata pid pilotbook pipe place plain plan platform play please pools popular position possible postgresql
power practice prepare present previous print prints probably problem processor prod produce product production program programs
project protocol provide provided provides prune publish published publishes publishing pulled purpose put pwd question quick
quickly quite range rather reach reachable reached reaches reads real really reason receive recent reference regular related
relative release remember removal removed removes removing replace replaced report repository require required requires reserve
resource resources restore review right rights rmi ro role rule rules runc runs safe save say says scale scratch script scripts
search second seconds seen sees select send sends sense separate sequence servers sets settings sh sha share shared shim shop
side sigkill sign sigterm similar simple simply since site size slim sock software solution something sort space special
specific specify src ssh stage stand standard stands starting stay stays step steps still stops stored stores structure style
subject subnet successfully sudo support sure switch syntax systemctl systems take takes talk tar target task team technology
tell tells ten term terminal text them themselves thing things think third those though three thus timeout times title tmpfs
today together too tool tools top total touch traffic true try turn txt type types understand unique unit unix unknown unless
unlike until unused usage useful uses usr usual usually utc var variety various versions view virtual wait warning was watch
week weeks well were wget whatever whether who whole whose wide windows within word workdir world worth writable writes written
wrong yaml year yes yet
`
  .split(/\s+/)
  .filter((word) => word !== '')
