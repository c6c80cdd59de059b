using OxyPlot;

namespace MarginalConditional.Report.Drawing;

/// <summary>Where the name of a point is drawn.</summary>
/// <param name="Anchor">The point at which the text is held, pixels.</param>
/// <param name="Side">Which end of the text is held there; <see cref="HorizontalAlignment.Left"/> for a text on the right.</param>
internal readonly record struct LabelPlace(ScreenPoint Anchor, HorizontalAlignment Side);
