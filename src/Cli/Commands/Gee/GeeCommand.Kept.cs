using System.CommandLine;
using MarginalConditional.Cli.Fitting;
using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Saving;

namespace MarginalConditional.Cli.Commands.Gee;

internal sealed partial class GeeCommand : IRefits
{
    /// <inheritdoc/>
    public RefittedTrial Refit(ParseResult parse, CommandContext context)
    {
        var arguments = common.Read(parse);
        var structure = dropouts.Structure(parse, correlation);
        if (arguments.Ordinal is not null || imputation.IsAsked(parse) || parse.GetValue(association) is not null
            || structure.IsForOrderedOutcomes || dropouts.Formula(parse, correlation) is not null)
        {
            throw KeptMarginalFit.Refusal;
        }

        var request = correlation.Apply(parse, structure, arguments.Request with { Cluster = cluster.First(parse) });
        var options = Options(parse, arguments, context) with { Correlation = structure };
        return KeptMarginalFit.Of(MarginalModels.Fit(MarginalModels.Frame(arguments, request).Frame, options, arguments, context));
    }
}
