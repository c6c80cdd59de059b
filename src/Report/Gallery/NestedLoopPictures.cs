using MarginalConditional.Compare.Simulation.Performance;
using MarginalConditional.Report.Drawing;
using MarginalConditional.Report.Pictures;
using MarginalConditional.Report.Wording;

namespace MarginalConditional.Report.Gallery;

/// <summary>A measure over all scenarios in nested order, with the factors' levels as steps below (Rücker and Schwarzer 2014).</summary>
public static class NestedLoopPictures
{
    /// <summary>How much lower, in parts of the measure's range, each factor's steps stand.</summary>
    private const double FactorHeight = 0.22;

    /// <summary>Widths of the first method's line and of the last one's, drawn over it: lines of equal values can be told apart.</summary>
    private const double Widest = 5;

    private const double Narrowest = 1.75;

    /// <summary>More scenarios than this are not numbered one by one.</summary>
    private const int MostNumbers = 24;

    /// <summary>Bias.</summary>
    /// <param name="table">The measures.</param>
    public static Picture Bias(PerformanceTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return Loop(table, "nested-loop", "Bias", 0, PictureScale.Number, performance => performance.Bias);
    }

    /// <summary>Coverage.</summary>
    /// <param name="table">The measures.</param>
    public static Picture Coverage(PerformanceTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        var replicates = table.Cells.Select(cell => cell.Performance.Converged).DefaultIfEmpty(0).Max();
        return Loop(
            table,
            "nested-loop-coverage",
            "Coverage",
            table.Level,
            PictureScale.Percent,
            performance => performance.Coverage,
            PerformanceMeasure.Expected(table.Level, replicates).Interval());
    }

    private static Picture Loop(
        PerformanceTable table, string kind, string name, double aim, PictureScale scale,
        Func<EstimatePerformance, PerformanceMeasure> of, (double Lower, double Upper)? band = null)
    {
        var points = StudyPoint.Of(table);
        PerformanceCell[] scenarios = [.. points.Select(point => point.Cell).DistinctBy(cell => cell.Scenario)];
        double[] values = [.. points.Select(point => of(point.Performance).Value).Append(aim).Where(double.IsFinite)];
        var (lower, upper) = (Math.Min(values.Min(), band?.Lower ?? aim), Math.Max(values.Max(), band?.Upper ?? aim));
        var room = Math.Max(upper - lower, 1e-6);
        var marks = new List<PictureMark>();
        if (band is var (least, most))
        {
            marks.Add(new PictureMark.Band(
                [new PicturePoint(0, least), new PicturePoint(scenarios.Length, least)],
                [new PicturePoint(0, most), new PicturePoint(scenarios.Length, most)])
            {
                Tone = PictureTone.Muted,
                Opacity = 0.2,
                Legend = "Monte Carlo band",
            });
        }

        marks.Add(new PictureMark.Rule(aim) { IsHorizontal = true, Tone = PictureTone.Muted });
        for (var f = 0; f < table.Factors.Count; f++)
        {
            marks.AddRange(Factor(table.Factors[f], f, scenarios, lower - (room * (0.3 + (FactorHeight * f))), room));
        }

        var methods = points.GroupBy(point => point.Method).ToArray();
        marks.AddRange(methods.Select((group, place) =>
        {
            var byScenario = group.ToDictionary(point => point.Scenario);
            return new PictureMark.Line(Steps(scenarios, scenario =>
                byScenario.TryGetValue(scenario.Scenario, out var point) ? of(point.Performance).Value : double.NaN))
            {
                Tone = group.First().Tone,
                Stroke = group.First().Stroke,
                Width = Widest - ((Widest - Narrowest) * (place + 1) / methods.Length),
                Legend = group.First().Name,
            };
        }));
        var (lowest, highest) = scale == PictureScale.Percent
            ? (Figures.Percent(values.Min()), Figures.Percent(values.Max()))
            : (Figures.Significant(values.Min()), Figures.Significant(values.Max()));
        return new Picture
        {
            Kind = kind,
            Title = $"{name} over the {Figures.Counted(scenarios.Length, "scenario")} of {table.Name}",
            Caption = "Steps: a scenario each, in nested order; grey steps below: the levels of the factors."
                + $"{(band is null ? string.Empty : " Band: where chance would leave intervals that keep their level.")}",
            Description = $"{name} lies between {lowest} and {highest} over {Figures.Counted(scenarios.Length, "scenario")} of "
                + $"{Figures.Counted(table.Factors.Count, "factor")}.",
            Numbers = BiasPictures.Numbers(points, name.ToLowerInvariant(), of),
            Across = new PictureAxis("Scenario") { Minimum = 0, Maximum = scenarios.Length, Ticks = Places(scenarios.Length) },
            Up = new PictureAxis(name, scale)
            {
                Minimum = lower - (room * (0.1 + (FactorHeight * table.Factors.Count))),
                Ticks = RoundTicks.Of(lower, upper, scale, 6),
            },
            Marks = marks,
        };
    }

    /// <summary>The scenarios' numbers from 1 under the middles of their steps.</summary>
    private static (double Value, string Label)[] Places(int count)
    {
        var step = (count + MostNumbers - 1) / MostNumbers;
        return
        [
            .. Enumerable.Range(0, count).Where(place => step == 1 || (place + 1) % step == 0)
                .Select(place => (place + 0.5, Figures.Count(place + 1))),
        ];
    }

    /// <summary>The levels of a factor as grey steps under their names.</summary>
    private static IEnumerable<PictureMark> Factor(string name, int place, PerformanceCell[] scenarios, double bottom, double room)
    {
        var levels = scenarios.Select(scenario => scenario.Levels[place]).Distinct(StringComparer.Ordinal).ToArray();
        yield return new PictureMark.Line(Steps(scenarios, scenario =>
            bottom + (0.1 * room * Array.IndexOf(levels, scenario.Levels[place]) / Math.Max(1, levels.Length - 1))))
        {
            Tone = PictureTone.Muted,
            Width = 1.5,
        };
        yield return new PictureMark.Label(new PicturePoint(0, bottom + (0.15 * room)), $"{name}: {string.Join(", ", levels)}")
        {
            IsLine = true,
        };
    }

    /// <summary>A level line over each scenario, joined by upright ones.</summary>
    private static PicturePoint[] Steps(PerformanceCell[] scenarios, Func<PerformanceCell, double> height) =>
        [.. scenarios.SelectMany((scenario, i) => new[]
        {
            new PicturePoint(i, height(scenario)), new PicturePoint(i + 1, height(scenario)),
        })];
}
