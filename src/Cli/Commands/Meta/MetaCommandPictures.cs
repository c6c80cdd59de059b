using MarginalConditional.Cli.Publishing;
using MarginalConditional.Meta.Effects;
using MarginalConditional.Report.Gallery;

namespace MarginalConditional.Cli.Commands.Meta;

/// <summary>The pictures of a meta-analysis, and what its report says of it.</summary>
internal static class MetaCommandPictures
{
    /// <summary>All of them.</summary>
    public static Publication Of(MetaCommandResult result)
    {
        var fit = result.Fit;
        var (lower, upper) = fit.ConfidenceInterval;
        string Shown(double effect) => result.Ratios ? Figures.Ratio(Math.Exp(effect)) : Figures.Estimate(
            fit.Studies.Natural(effect), fit.StandardError);
        var name = fit.Studies.Measure == StudyMeasure.Given ? "effect" : fit.Studies.Measure.Name;
        return new Publication
        {
            Title = $"Meta-analysis of {Figures.Count(fit.Studies.Count)} studies",
            Answer = $"{(fit.IsRandom ? "Mean" : "Common")} {name} {Shown(fit.Estimate)}, {Figures.IntervalHeading(fit.Options.Level)} "
                + $"{Figures.Interval(Shown(lower), Shown(upper))}"
                + (double.IsNaN(fit.PValue) ? string.Empty : $", p {Figures.ProbabilityRelation(fit.PValue)}")
                + $". Method: {fit.MethodName}.",
            Data = result.Data,
            DataFacts =
            [
                ("Studies", Figures.Count(fit.Studies.Count)), ("Rows left out", Figures.Count(fit.Studies.Dropped)),
                ("Measure", fit.Studies.Measure.Name),
            ],
            Pictures =
            [
                new OfferedPicture("forest", () => MetaPictures.Forest(fit, result.Ratios)),
                new OfferedPicture("funnel", () => MetaPictures.Funnel(fit, result.Ratios)),
                new OfferedPicture("radial", () => MetaPictures.Radial(fit, result.Ratios)),
                OfferedPicture.Without("bubble", "it needs a moderator (--moderators)"),
                result.Counts is { } counts
                    ? new OfferedPicture("labbe", () => MetaPictures.Labbe(fit, counts))
                    : OfferedPicture.Without("labbe", "it needs the events and totals of both arms (--treat and --control)"),
            ],
        };
    }
}
