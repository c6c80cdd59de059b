using System.CommandLine;
using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Options;
using MarginalConditional.Cli.Predictions;
using MarginalConditional.Lmm.Inference;

namespace MarginalConditional.Cli.Commands.Lmm;

/// <summary>The part of <c>margcond lmm</c> that predicts, and writes files beside the result.</summary>
internal sealed class LmmFilesPart
{
    private readonly MixedFiles files = new(
        "Write means with the rows' own effects and without, their errors and those of one more observation, to this file of rows.",
        "Write the predicted random effects with their errors, one line a group and effect, to this file of rows.");

    /// <summary>The options to be added to the command.</summary>
    public Option[] Options => files.All;

    /// <summary>The files of mixed models of either kind.</summary>
    public MixedFiles Common => files;

    /// <summary>Writes the files asked for.</summary>
    /// <param name="inference">The fit.</param>
    /// <param name="data">How data are read.</param>
    /// <param name="parse">The command line.</param>
    /// <param name="context">Where to.</param>
    /// <returns>Predictions of new rows; null when none were asked for.</returns>
    public PredictedRows? Write(LmmInference inference, DataArguments data, ParseResult parse, CommandContext context)
    {
        var (fit, level) = (inference.Fit, context.Output.Level);
        var predicted = files.NewData.Of(parse, data, inference, level);
        if (data.Imputed is not null)
        {
            return predicted;
        }

        files.Check(
            parse,
            ClusterDeletion.IsDefined(fit),
            "Leave it out, or name by --cluster a column whose values contain all rows of every group.");
        context.WriteTable(parse.GetValue(files.Predictions), () => predicted?.Csv() ?? LmmTables.Predictions(inference, level));
        context.WriteTable(parse.GetValue(files.RandomEffects), () => LmmTables.RandomEffects(fit));
        context.WriteTable(
            parse.GetValue(files.Diagnostics), () => MixedFiles.Influence(ClusterDeletion.Of(fit), fit.Frame.Design.Names));
        return predicted;
    }
}
