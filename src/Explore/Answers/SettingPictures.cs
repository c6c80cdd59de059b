using MarginalConditional.Compare.Exploration;
using MarginalConditional.Report.Gallery;
using MarginalConditional.Report.Pictures;
using MarginalConditional.Report.Wording;

namespace MarginalConditional.Explore.Answers;

/// <summary>The pictures of a setting.</summary>
internal static class SettingPictures
{
    private const int PowerPoints = 24;
    private const int FewestClusters = 4;

    /// <summary>Curves of clusters under the population's; odds ratios as clusters differ more; power as there are more of them.</summary>
    public static IReadOnlyList<Picture> Of(TrialAnswers answers, SettingCurves curves) =>
        [Curves(answers, curves), Attenuation(answers, curves), Power(answers)];

    private static Picture Curves(TrialAnswers answers, SettingCurves curves)
    {
        var setting = answers.Setting;
        PicturePoint[] Line(IReadOnlyList<double> risks) =>
            [.. curves.Predictors.Select((predictor, k) => new PicturePoint(predictor, risks[k]))];
        var (control, treated) = (setting.Baseline, setting.Baseline + setting.Effect);
        return new Picture
        {
            Kind = "curves",
            Title = "Single clusters, and the population\u2019s average",
            Caption = "Thin: forty clusters, each a curve of the same steepness. Red: the typical cluster. Blue: all patients together, "
                + "flatter than each of the clusters at its steepest. Dashed lines: without and with treatment; the points are the risks "
                + "of all patients there.",
            Description = $"Without treatment {AnswerWords.Percent(answers.ControlRisk)} of all patients have the event, with treatment "
                + $"{AnswerWords.Percent(answers.TreatedRisk)}; in the typical cluster {AnswerWords.Percent(setting.Risk)} "
                + "without treatment.",
            Numbers = new NumberTable(
                ["log odds", "typical cluster", "population"],
                [.. curves.Predictors.Select((predictor, k) => new TableCell[] { predictor, curves.Typical[k], curves.Population[k] })]),
            Across = new PictureAxis("log odds in the typical cluster")
            {
                Minimum = curves.Predictors[0],
                Maximum = curves.Predictors[^1],
            },
            Up = new PictureAxis("risk", PictureScale.Percent) { Minimum = 0, Maximum = 1 },
            Marks =
            [
                .. curves.Clusters.Select(cluster => new PictureMark.Line(Line(cluster))
                {
                    Tone = PictureTone.Conditional,
                    Width = 1,
                    Opacity = 0.2,
                }),
                new PictureMark.Rule(control) { Tone = PictureTone.Ink, Stroke = PictureStroke.Dotted, Legend = "without treatment" },
                new PictureMark.Rule(treated) { Tone = PictureTone.Ink, Stroke = PictureStroke.Dashed, Legend = "with treatment" },
                new PictureMark.Line(Line(curves.Typical)) { Tone = PictureTone.Conditional, Legend = "typical cluster" },
                new PictureMark.Line(Line(curves.Population)) { Tone = PictureTone.Marginal, Width = 3, Legend = "all patients" },
                new PictureMark.Dots([new PicturePoint(control, answers.ControlRisk), new PicturePoint(treated, answers.TreatedRisk)])
                {
                    Tone = PictureTone.Marginal,
                    Radius = 5,
                    Names =
                    [
                        $"without treatment: {AnswerWords.Percent(answers.ControlRisk)}",
                        $"with treatment: {AnswerWords.Percent(answers.TreatedRisk)}",
                    ],
                },
            ],
        };
    }

    private static Picture Attenuation(TrialAnswers answers, SettingCurves curves)
    {
        var setting = answers.Setting;
        var scale = new EffectScale("Odds ratio", true);
        var hasCovariates = setting.Covariate > 0;
        double[] all = [0, answers.Conditional, .. curves.Attenuation.Select(point => point.Population)];
        var room = Math.Max(0.1, 0.08 * (all.Max() - all.Min()));
        return new Picture
        {
            Kind = "attenuation",
            Title = "Odds ratios as clusters differ more",
            Caption = "Red: this patient\u2019s odds ratio, which does not depend on \u03C3. Blue: that of all patients at every \u03C3. "
                + (hasCovariates ? "Dashed: that of patients with the same covariates. " : string.Empty) + "Diamond: this setting.",
            Description = $"At \u03C3 = {Figures.Significant(setting.Sigma)} the odds ratio of this patient is "
                + $"{scale.Text(answers.Conditional)} and that of all patients {scale.Text(answers.Population)}.",
            Numbers = new NumberTable(
                ["sigma", "conditional", "given covariates", "all patients"],
                [.. curves.Attenuation.Select(point => new TableCell[]
                {
                    point.Sigma, Math.Exp(answers.Conditional), Math.Exp(point.GivenCovariates), Math.Exp(point.Population),
                })]),
            Across = new PictureAxis("\u03C3 between clusters, logit scale") { Minimum = 0 },
            Up = scale.Axis with { Minimum = all.Min() - room, Maximum = all.Max() + room },
            Marks =
            [
                new PictureMark.Rule(0) { IsHorizontal = true, Tone = PictureTone.Muted, Legend = "no effect" },
                new PictureMark.Line([.. curves.Attenuation.Select(point => new PicturePoint(point.Sigma, answers.Conditional))])
                {
                    Tone = PictureTone.Conditional,
                    Legend = "this patient",
                },
                .. hasCovariates
                    ?
                    [
                        new PictureMark.Line([.. curves.Attenuation.Select(point => new PicturePoint(point.Sigma, point.GivenCovariates))])
                        {
                            Tone = PictureTone.Ink,
                            Stroke = PictureStroke.Dashed,
                            Width = 1.5,
                            Legend = "patients like this one",
                        },
                    ]
                    : Array.Empty<PictureMark>(),
                new PictureMark.Line([.. curves.Attenuation.Select(point => new PicturePoint(point.Sigma, point.Population))])
                {
                    Tone = PictureTone.Marginal,
                    Width = 3,
                    Legend = "all patients",
                },
                new PictureMark.Dots([new PicturePoint(setting.Sigma, answers.Population)])
                {
                    Shape = PictureShape.Diamond,
                    Radius = 7,
                    Legend = "this setting",
                },
            ],
        };
    }

    private static Picture Power(TrialAnswers answers)
    {
        var setting = answers.Setting;
        var most = Math.Max(2 * setting.Clusters, 20);
        var counts = Enumerable.Range(0, PowerPoints + 1)
            .Select(k => FewestClusters + (int)Math.Round((most - FewestClusters) * (double)k / PowerPoints))
            .Append(setting.Clusters)
            .Distinct()
            .Order()
            .ToArray();
        PicturePoint[] line = [.. counts.Select(count => new PicturePoint(count, answers.Plan?.Power(count) ?? answers.Power))];
        return new Picture
        {
            Kind = "power",
            Title = "Power as there are more clusters",
            Caption = "The chance that a two-sided test at 5 % finds the odds ratio of all patients, t with K \u2212 2 degrees of freedom. "
                + "Diamond: this setting.",
            Description = $"With {Figures.Counted(setting.Clusters, "cluster")} of {Figures.Counted(setting.Size, "patient")} the power is "
                + $"{AnswerWords.Percent(answers.Power)}.",
            Numbers = new NumberTable(["clusters", "power"], [.. line.Select(point => new TableCell[] { point.Across, point.Up })]),
            Across = new PictureAxis("clusters, both arms together") { Minimum = 0 },
            Up = new PictureAxis("power", PictureScale.Percent) { Minimum = 0, Maximum = 1 },
            Marks =
            [
                new PictureMark.Rule(0.8) { IsHorizontal = true, Tone = PictureTone.Muted, Legend = "80 %" },
                new PictureMark.Line(line) { Tone = PictureTone.Marginal, Width = 3, Legend = "power" },
                new PictureMark.Dots([new PicturePoint(setting.Clusters, answers.Power)])
                {
                    Shape = PictureShape.Diamond,
                    Radius = 7,
                    Legend = "this setting",
                },
            ],
        };
    }
}
