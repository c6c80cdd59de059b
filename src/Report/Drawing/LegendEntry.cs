using MarginalConditional.Report.Pictures;

namespace MarginalConditional.Report.Drawing;

/// <summary>A series named above a picture.</summary>
/// <param name="Mark">Its mark, drawn small.</param>
/// <param name="Text">Its name.</param>
/// <param name="Left">Where it begins, pixels.</param>
/// <param name="Line">The line of the legend, counted from 0.</param>
internal readonly record struct LegendEntry(PictureMark Mark, string Text, double Left, int Line);
