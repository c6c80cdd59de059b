using MarginalConditional.Meta.Effects;
using MarginalConditional.Report.Pictures;
using MarginalConditional.Report.Wording;

namespace MarginalConditional.Report.Gallery;

/// <summary>How effects are shown: as ratios, when they are logarithms, or as they are.</summary>
/// <param name="Name">What they are called as shown: <c>Odds ratio</c>, <c>Risk difference</c>.</param>
/// <param name="Ratios">Whether they are logarithms shown exponentiated.</param>
/// <param name="Decimals">The decimals of those shown as they are.</param>
public sealed record EffectScale(string Name, bool Ratios, int Decimals = 3)
{
    /// <summary>Effects of this size have no room for decimals.</summary>
    private const double Long = 1e6;

    /// <summary>Exponentials of larger logarithms are no numbers, and have no place on an axis.</summary>
    private const double LargestLogarithm = 700;

    /// <summary>The axis of the effects.</summary>
    public PictureAxis Axis => new(Ratios ? Name + " (log scale)" : Name, Ratios ? PictureScale.Ratio : PictureScale.Number);

    /// <summary>An effect that is not a logarithm, with decimals that suit a standard error.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="errors">Standard errors; those that are not positive do not count.</param>
    public static EffectScale Difference(string name, IEnumerable<double> errors)
    {
        var finite = errors.Where(error => error > 0 && double.IsFinite(error)).ToArray();
        return new EffectScale(name, false, finite.Length == 0 ? 3 : Math.Clamp(Figures.DecimalsFor(finite.Min(), 2), 0, 6));
    }

    /// <summary>What effects of studies are called on the scale on which they are combined.</summary>
    internal static string NameOf(StudyMeasure measure) => measure == StudyMeasure.Given ? "Effect"
        : char.ToUpperInvariant(measure.Name[0]) + measure.Name[1..]
            + (measure is StudyMeasure.ArmMeasure ? $" ({measure.Code})" : string.Empty);

    /// <summary>One effect as text.</summary>
    public string Text(double effect) => Ratios ? Figures.Ratio(Math.Exp(effect))
        : Math.Abs(effect) >= Long ? Figures.Significant(effect)
        : Figures.Fixed(effect, Decimals);

    /// <summary>An interval as text.</summary>
    public string Text(double lower, double upper) => Figures.Interval(Text(lower), Text(upper));

    /// <summary>An effect with its interval as text: <c>0.49 (0.34–0.70)</c>.</summary>
    public string Text(double effect, double lower, double upper) =>
        double.IsNaN(lower) || double.IsNaN(upper) ? Text(effect) : $"{Text(effect)} ({Text(lower, upper)})";

    /// <summary>The heading of such texts: <c>Odds ratio (95 % CI)</c>.</summary>
    public string Heading(double level) => $"{Name} ({Figures.IntervalHeading(level)})";

    /// <summary>The number as shown, for a table of numbers.</summary>
    public double Shown(double effect) => Ratios ? Math.Exp(effect) : effect;

    /// <summary>The value of no effect as text.</summary>
    public string NoEffect => Ratios ? "1" : "0";

    /// <summary>The axis over what matters: estimates in full, and intervals as far as they do not dwarf the others.</summary>
    /// <param name="core">What has to be visible.</param>
    /// <param name="intervals">What may be cut with an arrow.</param>
    public PictureAxis Covering(IEnumerable<double> core, IEnumerable<(double Lower, double Upper)> intervals)
    {
        var visible = core.Append(0).Where(double.IsFinite).ToArray();
        var (lower, upper) = (visible.Min(), visible.Max());
        var finite = intervals.Where(one => double.IsFinite(one.Lower) && double.IsFinite(one.Upper)).ToArray();
        double[] widths = [.. finite.Select(one => one.Upper - one.Lower).Order()];
        var typical = widths.Length == 0 ? 0 : widths[widths.Length / 2];
        var room = Math.Max(Math.Max(upper - lower, 2.5 * typical), 1e-6);
        var (least, largest) = (finite.Select(one => one.Lower).Append(lower).Min(), finite.Select(one => one.Upper).Append(upper).Max());
        (lower, upper) = (Math.Max(least, lower - room), Math.Min(largest, upper + room));
        if (Ratios)
        {
            (lower, upper) = (Math.Clamp(lower, -LargestLogarithm, 0), Math.Clamp(upper, 0, LargestLogarithm));
        }

        var margin = 0.04 * (upper - lower);
        return Axis with { Minimum = lower - margin, Maximum = upper + margin };
    }
}
