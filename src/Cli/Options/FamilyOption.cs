using System.CommandLine;
using MarginalConditional.Data;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Cli.Options;

/// <summary>The option <c>--family</c>: a family's name, and for the negative binomial its theta if it is known.</summary>
internal sealed class FamilyOption
{
    private const string NegativeBinomial = "negative-binomial";

    private const string Ordinal = "ordinal";

    private bool takesOrdinal;

    public FamilyOption()
    {
        Option = new Option<string>("--family")
        {
            Description = Describe(Family.Names),
            HelpName = "WORD",
            DefaultValueFactory = _ => Default,
        };
        Option.Validators.Add(result =>
        {
            var text = result.GetValueOrDefault<string>();
            if (text == NegativeBinomial || (takesOrdinal && text == Ordinal) || Family.TryParse(text, out _, out var problem))
            {
                return;
            }

            result.AddError(text is not null && text.StartsWith(NegativeBinomial, StringComparison.Ordinal)
                ? problem
                : text == Ordinal ? "--family ordinal has no model here.\nIt is for the commands gee, glmm, marginalize and compare."
                : $"--family does not know \"{text}\".{Suggestion.Sentence(text ?? string.Empty, Names)}\nIt takes "
                    + $"{string.Join(", ", Names)}.");
        });
    }

    /// <summary>The names that the command takes.</summary>
    private IReadOnlyList<string> Names => takesOrdinal ? [.. Family.Names, Ordinal] : Family.Names;

    /// <summary>The option itself.</summary>
    public Option<string> Option { get; }

    /// <summary>The family when none is given.</summary>
    public string Default { get; set; } = "binomial";

    /// <summary>Takes ordered categories too, which are no <see cref="Family"/>.</summary>
    public void TakeOrdinal()
    {
        takesOrdinal = true;
        Option.Description = Describe(Names);
    }

    /// <summary>Whether the outcome is one of ordered categories.</summary>
    public bool IsOrdinal(ParseResult parse) => takesOrdinal && parse.GetValue(Option) == Ordinal;

    /// <summary>The family, and whether its theta is to be estimated.</summary>
    public (Family Family, bool EstimatesTheta) Read(ParseResult parse)
    {
        var text = parse.GetValue(Option) ?? Default;
        if (text == Ordinal)
        {
            return (Family.Binomial, false);
        }

        return Family.TryParse(text, out var family) ? (family, false) : (Family.NegativeBinomial(1), true);
    }

    private static string Describe(IReadOnlyList<string> names) =>
        $"Distribution of the outcome. One of {string.Join(", ", names)}; a known theta is given as negative-binomial(1.5).";
}
