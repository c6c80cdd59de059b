using System.CommandLine;
using MarginalConditional.Data;
using MarginalConditional.Data.Coding;

namespace MarginalConditional.Cli.Options;

/// <summary>The options of cumulative models: terms with a coefficient at every threshold, and the test of proportional odds.</summary>
/// <param name="tests">Whether the command tests proportional odds.</param>
internal sealed class OrdinalOptions(bool tests = true)
{
    private readonly Option<string[]> nominal = new("--nominal")
    {
        Description = "A term whose coefficient may differ between the thresholds of an ordinal outcome (partial proportional odds), or "
            + "all; repeatable.",
        HelpName = "TERM",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<bool> test = new("--test-proportional")
    {
        Description = "Test that each term of an ordinal model has one coefficient for all thresholds, and show the coefficients of each.",
    };

    /// <summary>The options, for a group of the help.</summary>
    public Option[] All => tests ? [nominal, test] : [nominal];

    /// <summary>Refuses options that other outcomes have: nothing asked for may be passed over in silence.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="others">The options that have no meaning beside --family ordinal.</param>
    /// <exception cref="InputException">One was given.</exception>
    public static void RefuseBeside(ParseResult parse, params Option[] others)
    {
        if (Array.Find(others, option => parse.GetResult(option) is { Implicit: false }) is { } given)
        {
            throw new InputException($"{given.Name} has no meaning for ordinal outcomes.") { Hint = "Leave it out." };
        }
    }

    /// <summary>Refuses the options where the family is not the ordinal one.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="arguments">The common arguments.</param>
    /// <param name="more">Further options that belong to ordinal outcomes.</param>
    /// <exception cref="InputException">One was given for another family.</exception>
    public void Check(ParseResult parse, FitArguments arguments, params Option[] more)
    {
        if (arguments.Ordinal is null
            && Array.Find([.. All, .. more], option => parse.GetResult(option) is { Implicit: false }) is { } given)
        {
            throw new InputException($"{given.Name} belongs to ordinal outcomes.") { Hint = "Add --family ordinal, or leave it out." };
        }
    }

    /// <summary>Whether the test of proportional odds is asked for.</summary>
    public bool Tests(ParseResult parse) => parse.GetValue(test);

    /// <summary>The columns of the design that have a coefficient at every threshold, ascending.</summary>
    /// <exception cref="InputException">A term is not in the formula.</exception>
    public int[] NominalColumns(ParseResult parse, DesignMatrix design)
    {
        string[] known = [.. design.PredictorTerms];
        var asked = parse.GetValue(nominal) ?? [];
        if (asked.FirstOrDefault(name => name != "all" && !known.Contains(name, StringComparer.Ordinal)) is { } unknown)
        {
            throw new InputException($"--nominal names {unknown}, which is no term of the formula.{Suggestion.Sentence(unknown, known)}")
            {
                Hint = known.Length == 0 ? "Leave it out: the formula has no terms." : $"Terms: {string.Join(", ", known)}.",
            };
        }

        return
        [
            .. Enumerable.Range(0, design.Columns).Where(column => column != design.Intercept
                && (asked.Contains("all") || asked.Contains(design.Terms[column], StringComparer.Ordinal))),
        ];
    }
}
