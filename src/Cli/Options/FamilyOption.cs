using System.CommandLine;
using MarginalConditional.Data;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Cli.Options;

/// <summary>The option <c>--family</c>: a family's name, and for the negative binomial its theta if it is known.</summary>
internal sealed class FamilyOption
{
    private const string NegativeBinomial = "negative-binomial";

    public FamilyOption()
    {
        Option = new Option<string>("--family")
        {
            Description =
                $"Distribution of the outcome. One of {string.Join(", ", Family.Names)}; a known theta is given as negative-binomial(1.5).",
            HelpName = "WORD",
            DefaultValueFactory = _ => Default,
        };
        Option.Validators.Add(result =>
        {
            var text = result.GetValueOrDefault<string>();
            if (text == NegativeBinomial || Family.TryParse(text, out _, out var problem))
            {
                return;
            }

            result.AddError(text is not null && text.StartsWith(NegativeBinomial, StringComparison.Ordinal)
                ? problem
                : $"--family does not know \"{text}\".{Suggestion.Sentence(text ?? string.Empty, Family.Names)}\nIt takes "
                    + $"{string.Join(", ", Family.Names)}.");
        });
    }

    /// <summary>The option itself.</summary>
    public Option<string> Option { get; }

    /// <summary>The family when none is given.</summary>
    public string Default { get; set; } = "binomial";

    /// <summary>The family, and whether its theta is to be estimated.</summary>
    public (Family Family, bool EstimatesTheta) Read(ParseResult parse)
    {
        var text = parse.GetValue(Option) ?? Default;
        return Family.TryParse(text, out var family) ? (family, false) : (Family.NegativeBinomial(1), true);
    }
}
