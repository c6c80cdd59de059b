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
        var arguments = asked.Common.Read(parse);
        var structure = asked.Dropouts.Structure(parse, asked.Correlation);
        if (asked.Imputation.IsAsked(parse) || parse.GetValue(asked.Association) is not null
            || asked.Dropouts.Formula(parse, asked.Correlation) is not null)
        {
            throw KeptMarginalFit.Refusal;
        }

        if (arguments.Ordinal is { } link)
        {
            return KeptMarginalFit.Of(new OrdinalGeeRun(asked).Fit(parse, arguments, link, structure, context));
        }

        var request = asked.Correlation.Apply(parse, structure, arguments.Request with { Cluster = asked.Cluster.First(parse) });
        var options = asked.Options(parse, arguments, context) with { Correlation = structure };
        return KeptMarginalFit.Of(MarginalModels.Fit(MarginalModels.Frame(arguments, request).Frame, options, arguments, context));
    }
}
