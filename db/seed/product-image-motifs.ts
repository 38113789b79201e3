/** The colours of one drawing. */
export interface Palette {
  /** The wall behind. */
  wall: string;
  /** The round light on it. */
  light: string;
  main: string;
  /** The side away from the light. */
  shade: string;
  /** Labels, foam, fat, crumb. */
  pale: string;
}

type Motif = (colors: Palette) => string;

const path = (d: string, fill: string) => `<path d="${d}" fill="${fill}"/>`;
const line = (d: string, stroke: string, width: number) =>
  `<path d="${d}" fill="none" stroke="${stroke}" stroke-width="${width}" stroke-linecap="round"/>`;
const rect = (x: number, y: number, w: number, h: number, r: number, fill: string) =>
  `<rect x="${x}" y="${y}" width="${w}" height="${h}" rx="${r}" fill="${fill}"/>`;
const oval = (x: number, y: number, rx: number, ry: number, fill: string) =>
  `<ellipse cx="${x}" cy="${y}" rx="${rx}" ry="${ry}" fill="${fill}"/>`;

const bottle: Motif = ({ main, shade, pale }) =>
  rect(144, 52, 32, 22, 5, shade) +
  path(
    'M148 72h24v38c0 14 24 22 24 48v84a14 14 0 0 1-14 14h-44a14 14 0 0 1-14-14v-84c0-26 24-34 24-48z',
    main,
  ) +
  path('M172 72v38c0 14 24 22 24 48v84a14 14 0 0 1-14 14h-14V72z', shade) +
  rect(124, 172, 72, 48, 0, pale) +
  line('M140 190h40M148 204h24', main, 5);

const can: Motif = ({ main, shade, pale }) =>
  rect(106, 92, 108, 160, 12, main) +
  path('M176 92h26a12 12 0 0 1 12 12v136a12 12 0 0 1-12 12h-26z', shade) +
  oval(160, 96, 54, 14, pale) +
  oval(160, 96, 42, 9, shade) +
  path('M106 148h108v60H106z', pale) +
  oval(160, 178, 20, 20, main) +
  path('M160 158a20 20 0 0 1 0 40z', shade);

const jar: Motif = ({ main, shade, pale }) =>
  rect(118, 84, 84, 30, 8, shade) +
  rect(104, 110, 112, 144, 26, pale) +
  path('M104 142h112v86a26 26 0 0 1-26 26h-60a26 26 0 0 1-26-26z', main) +
  path('M178 142h38v86a26 26 0 0 1-26 26h-12z', shade) +
  rect(124, 168, 72, 46, 8, pale) +
  line('M140 184h40M148 198h24', shade, 5);

const bag: Motif = ({ main, shade, pale }) =>
  path('M108 92c8 10-6 24-6 60 0 44 2 78 10 104h96c8-26 10-60 10-104 0-36-14-50-6-60z', main) +
  path('M182 92h30c-8 10 6 24 6 60 0 44-2 78-10 104h-28c8-50 12-110 2-164z', shade) +
  path('M104 92c14-14 28-4 38-10s24-6 36 0 24-4 38 10z', pale) +
  line('M112 102h96', pale, 6) +
  oval(156, 178, 34, 34, pale) +
  line('M156 200v-40', shade, 5) +
  line('M156 180c-12-2-16-10-16-18M156 180c12-2 16-10 16-18M156 194c-10-2-14-8-15-15', shade, 5);

const box: Motif = ({ main, shade, pale }) =>
  path('M84 132l76-32 76 32v96l-76 32-76-32z', main) +
  path('M160 164l76-32v96l-76 32z', shade) +
  path('M84 132l76-32 76 32-76 32z', pale) +
  path('M116 118l76 32v34l-18 8v-34l-76-32z', main) +
  line('M102 186l34 14M102 204l22 9', pale, 6);

const cheese: Motif = ({ main, shade, pale }) =>
  path('M72 190L212 112c26 10 40 34 40 78z', pale) +
  rect(72, 188, 180, 64, 6, main) +
  path('M196 188h56v58a6 6 0 0 1-6 6h-50z', shade) +
  oval(112, 218, 14, 14, shade) +
  oval(164, 236, 10, 10, shade) +
  oval(168, 206, 8, 8, shade) +
  oval(190, 156, 14, 9, main) +
  oval(138, 174, 10, 6, main);

const fish: Motif = ({ main, shade, pale }) =>
  path('M62 174c30-52 104-66 152-14l40-34c-4 30-4 66 0 96l-40-34c-48 52-122 38-152-14z', main) +
  path('M62 174h152l40 48-40-34c-48 52-122 38-152-14z', shade) +
  path('M130 130c18-22 44-24 58-12l-10 24z', shade) +
  oval(96, 164, 8, 8, pale) +
  line('M122 148c8 16 8 36 0 52', pale, 5) +
  line('M148 160c5 8 5 20 0 28M170 160c5 8 5 20 0 28M192 164c4 6 4 14 0 20', pale, 5);

const leaf: Motif = ({ main, shade, pale }) =>
  path('M160 254c-70-20-92-80-60-126 20 10 26 24 28 40 0-36 10-66 32-92z', main) +
  path('M160 254c70-20 92-80 60-126-20 10-26 24-28 40 0-36-10-66-32-92z', shade) +
  line('M160 252V116M160 208l-34-30M160 208l34-30M160 166l-18-20M160 166l18-20', pale, 6);

const bread: Motif = ({ main, shade, pale }) =>
  path('M70 194c0-46 40-72 90-72s90 26 90 72c0 34-16 52-36 52H106c-20 0-36-18-36-52z', main) +
  path('M190 126c36 10 60 34 60 68 0 34-16 52-36 52h-42c36-30 44-80 18-120z', shade) +
  line('M112 148c14 10 20 24 20 40M150 138c14 10 20 26 20 44M188 144c12 10 18 24 18 38', pale, 9);

const cup: Motif = ({ main, shade, pale }) =>
  line('M206 150c42-12 46 50-6 52', shade, 14) +
  path('M96 132h120l-10 92a28 28 0 0 1-28 26h-44a28 28 0 0 1-28-26z', main) +
  path('M176 132h40l-10 92a28 28 0 0 1-28 26h-16c14-34 16-78 14-118z', shade) +
  oval(156, 132, 60, 16, pale) +
  oval(156, 134, 46, 10, shade) +
  line('M138 104c-10-14 10-20 0-36M172 104c-10-14 10-20 0-36', pale, 8);

const carrot: Motif = ({ main, shade, pale }) =>
  line('M176 118c-4-26 4-44 20-56M178 120c14-20 32-28 52-28M172 116c-16-18-18-34-12-54', pale, 13) +
  path('M84 254c10-60 36-118 72-140 26-12 48 10 38 36-18 40-60 78-110 104z', main) +
  path('M84 254c40-34 76-78 96-134 14 6 20 18 14 30-18 40-60 78-110 104z', shade) +
  line('M132 158l20 14M116 190l16 11M166 152l14 10', pale, 5);

const egg: Motif = ({ main, shade, pale }) =>
  path('M124 114c24 0 46 44 46 78s-20 54-46 54-46-20-46-54 22-78 46-78z', pale) +
  path('M204 126c22 0 42 40 42 70s-18 50-42 50-42-20-42-50 20-70 42-70z', main) +
  path('M214 128c18 8 32 42 32 68 0 30-18 50-42 50 20-26 24-78 10-118z', shade) +
  path('M132 116c20 10 38 46 38 76 0 34-20 54-46 54 26-28 28-88 8-130z', main);

const steak: Motif = ({ main, shade, pale }) =>
  path('M74 168c0-44 46-62 96-62 52 0 82 24 82 60 0 50-50 36-76 62-34 34-102 4-102-60z', pale) +
  path('M88 172c0-34 38-50 84-50 42 0 66 16 66 42 0 36-42 28-72 54-26 24-78 0-78-46z', main) +
  path('M238 164c0 36-42 28-72 54-26 24-78 0-78-46 36 34 110 24 150-8z', shade) +
  oval(128, 160, 17, 13, pale) +
  line('M166 146c16-4 28-2 40 6M150 190c14 0 24-4 34-12', pale, 6);

const fruit: Motif = ({ main, shade, pale }) =>
  path('M160 134c-40-26-86 0-82 52 4 44 40 82 82 64 42 18 78-20 82-64 4-52-42-78-82-52z', main) +
  path('M188 124c34-6 58 20 54 62-4 44-40 82-82 64 42-20 54-78 28-126z', shade) +
  line('M160 132c0-20 4-34 14-46', shade, 8) +
  path('M176 98c8-24 32-34 58-28-4 26-30 38-58 28z', pale) +
  line('M104 168c2-12 8-20 18-24', pale, 8);

const bowl: Motif = ({ main, shade, pale }) =>
  path('M92 166c4-36 32-58 70-58s62 22 66 58z', pale) +
  line('M124 146l8-6M150 130l9 3M182 138l8 6M158 152l9-4M196 154l6-4M134 160l7-2', main, 6) +
  path('M72 162h176c0 46-28 78-56 88h-64c-28-10-56-42-56-88z', main) +
  path('M200 162h48c0 46-28 78-56 88h-24c22-20 34-50 32-88z', shade);

export const MOTIFS = {
  bottle,
  can,
  jar,
  bag,
  box,
  cheese,
  fish,
  leaf,
  bread,
  cup,
  carrot,
  egg,
  steak,
  fruit,
  bowl,
} as const;
