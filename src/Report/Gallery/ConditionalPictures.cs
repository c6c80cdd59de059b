using MarginalConditional.Compare.Curves;
using MarginalConditional.Compare.Marginalization;
using MarginalConditional.Report.Pictures;
using MarginalConditional.Report.Wording;

namespace MarginalConditional.Report.Gallery;

/// <summary>Pictures of why conditional and marginal effects differ.</summary>
public static class ConditionalPictures
{
    /// <summary>Curves of single clusters, of a typical cluster, and the population's average among the data.</summary>
    /// <param name="curves">The curves.</param>
    /// <param name="outcome">What the outcome is called.</param>
    /// <param name="percent">Whether it is a proportion.</param>
    /// <param name="unit">What one cluster is called, and several.</param>
    /// <param name="flattens">Whether the average is flatter than the curves that it is of.</param>
    public static Picture Curves(
        ClusterCurves curves, string outcome, bool percent, (string One, string Several) unit, bool flattens)
    {
        ArgumentNullException.ThrowIfNull(curves);
        var marks = new List<PictureMark>();
        var rows = new List<IReadOnlyList<TableCell>>();
        foreach (var group in curves.Groups)
        {
            var every = curves.Groups.Count > 1 ? 2 : 1;
            marks.AddRange(group.Clusters.Where((_, c) => c % every == 0).Select(cluster => new PictureMark.Line(Points(group, cluster))
            {
                Tone = PictureTone.Conditional,
                Width = 1,
                Opacity = 0.16,
            }));
        }

        for (var g = 0; g < curves.Groups.Count; g++)
        {
            var group = curves.Groups[g];
            var suffix = group.Level.Length == 0 ? string.Empty : $", {group.Level}";
            var stroke = (PictureStroke)(g % 4);
            marks.Add(new PictureMark.Line(Points(group, group.Typical))
            {
                Tone = PictureTone.Conditional,
                Stroke = stroke,
                Legend = $"typical {unit.One}" + suffix,
            });
            marks.Add(new PictureMark.Line(Points(group, group.Population))
            {
                Tone = PictureTone.Marginal,
                Stroke = stroke,
                Width = 3,
                Legend = "population" + suffix,
            });
            var largest = (double)group.Data.Max(bin => bin.Rows);
            marks.Add(new PictureMark.Dots([.. group.Data.Select(bin => new PicturePoint(bin.Value, bin.Mean))])
            {
                Tone = PictureTone.Ink,
                Shape = g == 0 ? PictureShape.Disc : (PictureShape)(g % 5),
                Radius = 5,
                Areas = [.. group.Data.Select(bin => Math.Max(0.2, bin.Rows / largest))],
                Names = [.. group.Data.Select(bin => $"{Figures.Counted(bin.Rows, "row")}{suffix}")],
                Legend = "data" + suffix,
            });
            for (var k = 0; k < group.Values.Count; k++)
            {
                rows.Add([group.Level, group.Values[k], group.Typical[k], group.Population[k]]);
            }
        }

        var (first, last) = (curves.Groups[0].Typical[^1], curves.Groups[0].Population[^1]);
        string Shown(double value) => percent ? Figures.Percent(value) : Figures.Significant(value);
        return new Picture
        {
            Kind = "curves",
            Title = $"{outcome} over {curves.Covariate}: single {unit.Several}, and the population's average",
            Caption = $"Thin: {unit.Several} spread evenly over the fitted distribution; red: a {unit.One} whose effect is 0; blue: the "
                + $"average over all {unit.Several}{(flattens ? ", which is flatter than each of them at its steepest" : string.Empty)}. "
                + "Points: the data in bins, as large as a bin has rows. Other covariates stand at their means.",
            Description = $"At the end of {curves.Covariate} a typical {unit.One} is at {Shown(first)} and the population at "
                + $"{Shown(last)}.",
            Numbers = new NumberTable([curves.Grouping ?? "group", curves.Covariate, $"typical {unit.One}", "population"], rows),
            Across = new PictureAxis(curves.Covariate),
            Up = new PictureAxis(outcome, percent ? PictureScale.Percent : PictureScale.Number),
            Marks = marks,
        };
    }

    /// <summary>The marginal effect as clusters differ more: exact and by the closed forms, with this trial marked.</summary>
    /// <param name="curve">The curve.</param>
    /// <param name="units">What clusters are called.</param>
    public static Picture Attenuation(AttenuationCurve curve, string units = "clusters")
    {
        ArgumentNullException.ThrowIfNull(curve);
        var scale = new EffectScale("Odds ratio", true);
        var hasNeuhaus = curve.Points.All(point => double.IsFinite(point.NeuhausKalbfleischHauck));
        PicturePoint[] Series(Func<(double Spread, double Exact, double Zla, double Nkh), double> of) =>
            [.. curve.Points.Select(point => new PicturePoint(point.Spread, of(point)))];
        return new Picture
        {
            Kind = "attenuation",
            Title = $"Odds ratio of {curve.Name} as {units} differ more",
            Caption = "Blue: the marginal odds ratio that belongs to the same conditional one (red) at every \u03C3 between "
                + $"{units}, exactly and by two closed forms. Diamond: this trial.",
            Description = $"The conditional odds ratio is {scale.Text(curve.Conditional)}; at this trial's \u03C3 = "
                + $"{Figures.Significant(curve.Spread)} the marginal one is {scale.Text(curve.Marginal)}.",
            Numbers = new NumberTable(
                ["sigma", "exact", "Zeger, Liang, Albert", "Neuhaus, Kalbfleisch, Hauck"],
                [.. curve.Points.Select(point => new TableCell[]
                {
                    point.Spread, scale.Shown(point.Exact), scale.Shown(point.ZegerLiangAlbert), scale.Shown(point.NeuhausKalbfleischHauck),
                })]),
            Across = new PictureAxis($"\u03C3 between {units}, logit scale") { Minimum = 0 },
            Up = scale.Axis,
            Marks =
            [
                new PictureMark.Rule(0) { IsHorizontal = true, Tone = PictureTone.Muted, Legend = "no effect" },
                new PictureMark.Line(Series(_ => curve.Conditional)) { Tone = PictureTone.Conditional, Legend = "conditional" },
                new PictureMark.Line(Series(point => point.Exact)) { Tone = PictureTone.Marginal, Width = 3, Legend = "marginal, exact" },
                new PictureMark.Line(Series(point => point.Zla)) { Stroke = PictureStroke.Dashed, Legend = "Zeger\u2013Liang\u2013Albert" },
                .. hasNeuhaus
                    ?
                    [
                        new PictureMark.Line(Series(point => point.Nkh))
                        {
                            Stroke = PictureStroke.Dotted,
                            Legend = "Neuhaus\u2013Kalbfleisch\u2013Hauck",
                        },
                    ]
                    : Array.Empty<PictureMark>(),
                new PictureMark.Range(
                    curve.Spread, Math.Min(curve.Conditional, curve.Marginal), Math.Max(curve.Conditional, curve.Marginal))
                {
                    IsVertical = true,
                    Tone = PictureTone.Muted,
                    Stroke = PictureStroke.Dotted,
                },
                new PictureMark.Dots([new PicturePoint(curve.Spread, curve.Marginal)])
                {
                    Shape = PictureShape.Diamond,
                    Radius = 7,
                    Legend = "this trial",
                },
            ],
        };
    }

    private static PicturePoint[] Points(CurveGroup group, IReadOnlyList<double> means) =>
        [.. group.Values.Select((value, k) => new PicturePoint(value, means[k]))];
}
