using System.CommandLine;
using System.CommandLine.Parsing;
using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Options;
using MarginalConditional.Cli.Predictions;
using MarginalConditional.Data;
using MarginalConditional.Glmm;
using MarginalConditional.Glmm.Inference;
using MarginalConditional.Glmm.Ordinal;

namespace MarginalConditional.Cli.Commands.Glmm;

/// <summary>
/// The part of <c>margcond glmm</c> that writes files beside the result: predictions, random effects, draws from the fit.
/// </summary>
internal sealed class GlmmFilesPart
{
    private readonly MixedFiles files = new(
        "Write conditional and marginal means with standard errors and residuals, one line a row, to this file of rows.",
        "Write conditional modes and posterior means of the random effects, one line a group and effect, to this file of rows.");
    private readonly Option<string?> simulated = OptionRule.OutputFile(
        "--simulated",
        "Write outcomes drawn from the fit, one line a row and one column a draw, to this file of rows.");
    private readonly Option<int> draws = new Option<int>("--draws")
    {
        Description = "How many draws --simulated writes.",
        HelpName = "N",
        DefaultValueFactory = _ => 1,
    }
        .Require(count => count >= 1, "has to be 1 or more");

    /// <summary>The options to be added to the command.</summary>
    public Option[] Options => [.. files.All, simulated, draws];

    /// <summary>The options of files that ordered outcomes do not have: of clusters' influence, and of draws.</summary>
    public Option[] OfOtherOutcomes => [files.Diagnostics, simulated, draws];

    /// <summary>The options of draws.</summary>
    public Option[] OfDraws => [simulated, draws];

    /// <summary>Whether outcomes are to be drawn.</summary>
    public bool Draws(SymbolResult result) => result.GetValue(simulated) is not null;

    /// <summary>Refuses draws that nobody would see; before the fit.</summary>
    public void Check(ParseResult parse)
    {
        if (parse.GetResult(draws) is { Implicit: false } && parse.GetValue(simulated) is null)
        {
            throw new InputException("--draws says how many outcomes --simulated writes, and --simulated is not given.")
            {
                Hint = "Add --simulated FILE.",
            };
        }
    }

    /// <summary>The files of mixed models of either kind.</summary>
    public MixedFiles Common => files;

    /// <summary>Writes the files asked for, each in full or not at all.</summary>
    /// <returns>Predictions of new rows; null when none were asked for.</returns>
    public PredictedRows? Write(GlmmFit fit, DataArguments data, ulong seed, ParseResult parse, CommandContext context)
    {
        if (data.Imputed is not null)
        {
            return fit.HasInfiniteEstimates ? null : files.NewData.Of(parse, data, fit, context.Output.Level);
        }

        if ((fit.Finite ?? fit).IsUnbounded)
        {
            context.WarnUnwritten(
                parse, files.Predictions, files.NewData.Option, files.RandomEffects, files.Diagnostics, simulated);
            return null;
        }

        if (!fit.HasInfiniteEstimates)
        {
            files.Check(parse, ClusterDeletion.IsDefined(fit), "Leave it out.");
        }

        if (fit is { Separated: not null, Finite: null })
        {
            context.WarnUnwritten(parse, files.RandomEffects);
        }
        else
        {
            context.WriteTable(parse.GetValue(files.RandomEffects), () => GlmmTables.RandomEffects(fit.Finite ?? fit));
        }

        if (fit.Separated is not null)
        {
            context.WarnUnwritten(parse, files.NewData.Option, files.Diagnostics);
        }
        else
        {
            context.WriteTable(
                parse.GetValue(files.Diagnostics), () => MixedFiles.Influence(ClusterDeletion.Of(fit), fit.Frame.Design.Names));
        }

        var predicted = fit.Separated is null ? files.NewData.Of(parse, data, fit, context.Output.Level) : null;
        context.WriteTable(parse.GetValue(files.Predictions), () => predicted?.Csv() ?? GlmmTables.Predictions(fit, context.Output.Level));
        context.WriteTable(parse.GetValue(simulated), () => GlmmTables.Draws(fit, parse.GetValue(draws), seed));
        return predicted;
    }

    /// <summary>Writes the files of a fit of ordered outcomes.</summary>
    /// <returns>Predictions of new rows; null when none were asked for.</returns>
    /// <exception cref="InputException">Draws were asked for.</exception>
    public PredictedRows? Write(
        OrdinalGlmmFit fit, OrdinalGlmmInference inference, DataArguments data, ParseResult parse, CommandContext context)
    {
        if (fit.HasInfiniteEstimates)
        {
            context.WarnUnwritten(parse, files.Predictions, files.NewData.Option, files.RandomEffects);
            return null;
        }

        var predicted = files.NewData.Of(parse, data, fit, inference);
        if (data.Imputed is not null)
        {
            return predicted;
        }

        context.WriteTable(parse.GetValue(files.RandomEffects), () => OrdinalTables.RandomEffects(fit));
        context.WriteTable(parse.GetValue(files.Predictions), () => predicted?.Csv() ?? OrdinalTables.Predictions(fit, inference));
        return predicted;
    }
}
