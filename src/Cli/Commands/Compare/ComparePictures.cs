using MarginalConditional.Cli.Commands.Gee;
using MarginalConditional.Cli.Commands.Glmm;
using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Options;
using MarginalConditional.Cli.Publishing;
using MarginalConditional.Cli.Results;
using MarginalConditional.Compare;
using MarginalConditional.Compare.Ladders;
using MarginalConditional.Compare.Persons;
using MarginalConditional.Data.Frames;
using MarginalConditional.Report.Gallery;

namespace MarginalConditional.Cli.Commands.Compare;

/// <summary>The pictures of a comparison, and what its report says of it.</summary>
internal static class ComparePictures
{
    /// <summary>The pictures and the report of a trial by cluster.</summary>
    public static Publication Of(ModelComparison comparison, FitArguments arguments, CompareView view, CommandContext context)
    {
        var (options, words) = (comparison.Options, CompareCommandTable.WordsOf(comparison));
        var ladder = new LadderParts(context, words)
        {
            Ladder = comparison.IsComparable ? comparison.Ladder : EstimandLadder.Empty,
            Subject = CompareCommandTable.SubjectOf(comparison, arguments),
            Statements = comparison.Estimands,
            Checks = comparison.Checks,
            Verdict = comparison.Verdict,
        };
        return Of(
            ladder,
            (options.Treatment, comparison.Frame, arguments.Data),
            [
                .. comparison.IsComparable
                    ? OfLadder(comparison.Ladder, words, options.Treatment, options.Level)
                    : OfLadder("the two fits cannot be compared"),
                .. comparison.Pooled is null ? OfFits(comparison) : PictureKinds.Compare.Skip(2).Select(kind => OfferedPicture.Without(
                    kind.Word, "it is one of a single data set, and these are several imputed ones")),
            ],
            CompareParts.Of(comparison, arguments, view, context, ladder));
    }

    /// <summary>The pictures and the report of a trial by person.</summary>
    public static Publication Of(PersonComparison comparison, FitArguments arguments, CompareView view, CommandContext context)
    {
        var words = PersonTable.WordsOf(comparison);
        var ladder = new LadderParts(context, words)
        {
            Ladder = comparison.Ladder,
            Subject = PersonTable.SubjectOf(comparison),
            Statements = comparison.Estimands,
            Checks = comparison.Checks,
            Verdict = comparison.Verdict,
        };
        return Of(
            ladder,
            (comparison.Options.Treatment, comparison.Frame, arguments.Data),
            [
                .. OfLadder(comparison.Ladder, words, comparison.Options.Treatment, comparison.Options.Level),
                .. PictureKinds.Compare.Skip(2).Select(kind => OfferedPicture.Without(kind.Word, "the trial is randomized by person")),
            ],
            PersonParts.Of(comparison, arguments, view, context, ladder));
    }

    /// <summary>What both kinds of trial publish alike.</summary>
    private static Publication Of(
        LadderParts ladder,
        (string Treatment, ModelFrame Frame, DataArguments Data) asked,
        IReadOnlyList<OfferedPicture> pictures,
        IReadOnlyList<ReportPart> parts) => new()
        {
            Title = $"Effect of {asked.Treatment} on {asked.Frame.ResponseName}: whose effect?",
            Answer = ladder.Answer(),
            Data = asked.Data,
            DataFacts = FitOutput.DataFacts(asked.Frame),
            Pictures = pictures,
            Parts = parts,
        };

    private static IEnumerable<OfferedPicture> OfFits(ModelComparison comparison) =>
    [
        .. GlmmPictures.Both(
            comparison.Glmm, comparison.Options.Treatment, PrimaryColumn(comparison),
            (comparison.Options.Trial.Unit, comparison.Options.Trial.Units)),
        .. GeePictures.Of(comparison.Gee, comparison.Marginal.CoefficientTable(), comparison.Options.Level)
            .Where(picture => picture.Kind is "correlation" or "influence" or "dropout"),
    ];

    /// <summary>The design column of the effect that the comparison is about.</summary>
    private static int PrimaryColumn(ModelComparison comparison) => comparison.Effects.First(effect => effect.IsPrimary).Effect.Column;

    /// <summary>The pictures of a ladder.</summary>
    /// <param name="ladder">The ladder.</param>
    /// <param name="words">What its rungs and steps are called.</param>
    /// <param name="treatment">The variable whose effect it is.</param>
    /// <param name="level">The intervals' level.</param>
    public static IReadOnlyList<OfferedPicture> OfLadder(EstimandLadder ladder, LadderWords words, string treatment, double level)
    {
        var labels = new LadderLabels(treatment, words.Whose, words.Averaging, words.Reason);
        return LadderPictures.Scales(ladder) is not [var scale, ..]
            ? OfLadder("no rung of the ladder can be computed")
            :
            [
                new OfferedPicture("ladder", () => LadderPictures.Forest(ladder, scale, labels, level)),
                new OfferedPicture("gap", () => LadderPictures.Gap(ladder, scale, labels, level)),
            ];
    }

    private static IReadOnlyList<OfferedPicture> OfLadder(string missing) =>
        [OfferedPicture.Without("ladder", missing), OfferedPicture.Without("gap", missing)];
}
