using MarginalConditional.Profiling;
using MarginalConditional.Report.Pictures;
using MarginalConditional.Report.Wording;

namespace MarginalConditional.Report.Gallery;

/// <summary>Pictures of units beside each other.</summary>
public static class ProfilePictures
{
    /// <summary>Units by their shrunken rates with intervals, beside their crude rates.</summary>
    /// <param name="profiles">The units.</param>
    /// <param name="percent">Whether rates are proportions.</param>
    public static Picture Caterpillar(UnitProfiles profiles, bool percent)
    {
        ArgumentNullException.ThrowIfNull(profiles);
        var units = profiles.ByEffect;
        var rate = Rate(percent);
        var level = Figures.Level(profiles.Options.Level);
        var marks = new List<PictureMark>
        {
            new PictureMark.Rule(profiles.ReferenceRate) { Tone = PictureTone.Muted, Legend = "average unit" },
        };
        for (var i = 0; i < units.Count; i++)
        {
            marks.Add(new PictureMark.Range(i, units[i].StandardizedInterval.Lower, units[i].StandardizedInterval.Upper)
            {
                Tone = Tone(units[i].Flag),
            });
        }

        marks.Add(new PictureMark.Dots([.. units.Select((unit, i) => new PicturePoint(unit.StandardizedCrudeRate, i))])
        {
            Shape = PictureShape.Cross,
            Radius = 3,
            Tone = PictureTone.Muted,
            Legend = "crude",
        });
        marks.AddRange(Flags(units));
        int above = units.Count(unit => unit.Flag == UnitFlag.Above), below = units.Count(unit => unit.Flag == UnitFlag.Below);
        return new Picture
        {
            Kind = "caterpillar",
            Title = $"Shrunken rates of {Figures.Counted(units.Count, "unit")}",
            Caption = $"Points: rates after shrinkage, for the average patients, with {level} intervals; triangles: units whose interval "
                + "leaves out an average unit. Crosses: crude rates.",
            Description = $"Caterpillar plot of {Figures.Count(units.Count)} units from {rate(units[0].StandardizedRate)} to "
                + $"{rate(units[^1].StandardizedRate)}; {Figures.Count(above)} are above and {Figures.Count(below)} below an average unit "
                + $"of {rate(profiles.ReferenceRate)}.",
            Numbers = Numbers(units, profiles.UnitName),
            Across = new PictureAxis(percent ? "Rate" : "Outcome", percent ? PictureScale.Percent : PictureScale.Number),
            Up = new PictureAxis(string.Empty),
            Rows =
            [
                .. units.Select(unit => new PictureRow(
                    unit.Label,
                    $"{rate(unit.StandardizedRate)} ({Interval(unit, percent)})")
                {
                    IsSummary = unit.Flag != UnitFlag.AsExpected,
                }),
            ],
            RowHeading = profiles.UnitName,
            TextHeading = $"Rate ({Figures.IntervalHeading(profiles.Options.Level)})",
            Marks = marks,
        };
    }

    /// <summary>Units' crude rates, standardized, against their size, with the region where chance alone would leave them.</summary>
    /// <param name="profiles">The units.</param>
    /// <param name="percent">Whether rates are proportions.</param>
    public static Picture Funnel(UnitProfiles profiles, bool percent)
    {
        ArgumentNullException.ThrowIfNull(profiles);
        var (units, funnel) = (profiles.WithSamplingError, profiles.Funnel());
        var most = 1.05 * units.Max(unit => unit.SamplingError);
        var level = Figures.Level(profiles.Options.Level);
        return new Picture
        {
            Kind = "funnel",
            Title = $"Crude rates of {Figures.Counted(funnel.Count, "unit")} against their precision",
            Caption = $"Points: units, the largest on top; triangle: where chance alone would leave {level} of units that do not differ "
                + "from the average one (line). Diamonds lie outside.",
            Description = $"Funnel plot: {Figures.Count(funnel.Outside)} of {Figures.Count(funnel.Count)} units lie outside; "
                + $"{Figures.Fixed(funnel.ExpectedOutside, 1)} would be expected.",
            Numbers = Numbers(units, profiles.UnitName),
            Across = new PictureAxis(percent ? "Crude rate, standardized" : "Crude mean, standardized",
                percent ? PictureScale.Percent : PictureScale.Number),
            Up = new PictureAxis("Standard error by chance alone", percent ? PictureScale.Percent : PictureScale.Number)
            {
                Minimum = 0,
                Maximum = most,
                IsReversed = true,
            },
            Marks =
            [
                FunnelRegion.Of(funnel, most),
                new PictureMark.Rule(funnel.Center) { Tone = PictureTone.First, Stroke = PictureStroke.Solid },
                Dots(units.Where((_, i) => !funnel.IsOutside(i)), PictureTone.Ink, PictureShape.Disc),
                Dots(units.Where((_, i) => funnel.IsOutside(i)), PictureTone.Second, PictureShape.Diamond),
            ],
        };
    }

    private static PictureMark.Dots Dots(IEnumerable<UnitProfile> units, PictureTone tone, PictureShape shape)
    {
        var shown = units.ToArray();
        return new PictureMark.Dots([.. shown.Select(unit => new PicturePoint(unit.StandardizedCrudeRate, unit.SamplingError))])
        {
            Tone = tone,
            Shape = shape,
            Names = [.. shown.Select(unit => unit.Label)],
        };
    }

    private static IEnumerable<PictureMark> Flags(IReadOnlyList<UnitProfile> units)
    {
        foreach (var (flag, shape, name) in new[]
        {
            (UnitFlag.AsExpected, PictureShape.Disc, "as expected"), (UnitFlag.Above, PictureShape.Up, "above"),
            (UnitFlag.Below, PictureShape.Down, "below"),
        })
        {
            var flagged = Enumerable.Range(0, units.Count).Where(i => units[i].Flag == flag).ToArray();
            if (flagged.Length > 0)
            {
                yield return new PictureMark.Dots([.. flagged.Select(i => new PicturePoint(units[i].StandardizedRate, i))])
                {
                    Tone = Tone(flag),
                    Shape = shape,
                    Radius = flag == UnitFlag.AsExpected ? 3.5 : 5,
                    Names = [.. flagged.Select(i => units[i].Label)],
                    Legend = name,
                };
            }
        }
    }

    private static PictureTone Tone(UnitFlag flag) => flag switch
    {
        UnitFlag.Above => PictureTone.Second,
        UnitFlag.Below => PictureTone.First,
        _ => PictureTone.Ink,
    };

    private static Func<double, string> Rate(bool percent) => percent ? Figures.Percent : value => Figures.Significant(value);

    private static string Interval(UnitProfile unit, bool percent)
    {
        var (lower, upper) = unit.StandardizedInterval;
        return percent
            ? $"{Figures.Fixed(100 * lower, 1)}\u2013{Figures.Fixed(100 * upper, 1)}"
            : Figures.Interval(Figures.Significant(lower), Figures.Significant(upper));
    }

    private static NumberTable Numbers(IReadOnlyList<UnitProfile> units, string name) => new(
        [name, "size", "crude", "shrunken", "lower", "upper", "weight of own data", "se by chance"],
        [.. units.Select(unit => new TableCell[]
        {
            unit.Label, unit.Size, unit.StandardizedCrudeRate, unit.StandardizedRate, unit.StandardizedInterval.Lower,
            unit.StandardizedInterval.Upper, unit.ShrinkageWeight, unit.SamplingError,
        })]);
}
