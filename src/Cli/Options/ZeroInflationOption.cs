using System.CommandLine;
using MarginalConditional.Data;
using MarginalConditional.Data.Formulas;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Cli.Options;

/// <summary>The option <c>--zero-inflation</c>: excess zeros of counts, one probability for all rows or by a formula.</summary>
internal sealed class ZeroInflationOption
{
    /// <summary>The option itself.</summary>
    public Option<string?> Option { get; } = new("--zero-inflation")
    {
        Description = "Rows of a count that are 0 whatever their mean, with one probability or log odds by a formula such as \"x + arm\".",
        HelpName = "FORMULA",
        Arity = ArgumentArity.ZeroOrOne,
    };

    /// <summary>Refuses excess zeros where there are no clusters, and so no mixed model.</summary>
    /// <exception cref="InputException">They were asked for.</exception>
    public static void RefusePersons(FitArguments arguments)
    {
        if (arguments.IsZeroInflated)
        {
            throw new InputException("Excess zeros belong to a mixed model, and without clusters there is none.")
            {
                Hint = "Name the clusters by --cluster, or take --family poisson or negative-binomial: means are compared alike.",
            };
        }
    }

    /// <summary>The arguments with the excess zeros that the option asks for.</summary>
    /// <exception cref="InputException">Its formula has a left side or random effects.</exception>
    public FitArguments Apply(ParseResult parse, FitArguments arguments)
    {
        if (parse.GetResult(Option) is null or { Implicit: true })
        {
            return arguments;
        }

        if (arguments.Family != Family.Poisson && arguments.Family is not Family.NegativeBinomialFamily)
        {
            var family = arguments.Ordinal is null ? arguments.DistributionName : "ordinal";
            throw new InputException($"--zero-inflation is for counts, and --family is {family}.")
            {
                Hint = "Add --family poisson or --family negative-binomial.",
            };
        }

        var inflated = arguments with { IsZeroInflated = true };
        var text = (parse.GetValue(Option) ?? string.Empty).Trim().TrimStart('~').Trim();
        if (text.Length is 0 || text == "1")
        {
            return inflated;
        }

        var hint = "Write the right side alone, such as --zero-inflation \"x + arm\".";
        if (text.Contains('~', StringComparison.Ordinal))
        {
            throw new InputException($"The formula of --zero-inflation, \"{text}\", has a left side.") { Hint = hint };
        }

        var formula = FormulaParser.Parse($"{arguments.Request.Formula.Response.Text} ~ {text}");
        return formula.RandomTerms.Count > 0
            ? throw new InputException($"The formula of --zero-inflation, \"{text}\", has random effects, which excess zeros have none of.")
            {
                Hint = hint,
            }
            : inflated with { Request = arguments.Request with { Inflation = formula } };
    }
}
