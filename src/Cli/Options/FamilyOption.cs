using System.CommandLine;
using MarginalConditional.Glmm;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Cli.Options;

/// <summary>The option <c>--family</c>: a family's name, and for the negative binomial its theta if it is known.</summary>
internal sealed class FamilyOption
{
    private const string NegativeBinomial = "negative-binomial";

    private const string Ordinal = "ordinal";

    private readonly IReadOnlyList<string> mixtures;
    private bool takesOrdinal;

    /// <summary>Makes the option of a command.</summary>
    /// <param name="mixtures">The names of <see cref="MixtureFamily"/> that it knows.</param>
    public FamilyOption(IReadOnlyList<string> mixtures)
    {
        this.mixtures = mixtures;
        Option = new Option<string>("--family")
        {
            Description = Describe(Names),
            HelpName = "WORD",
            DefaultValueFactory = _ => Default,
        };
        Option.Validators.Add(result =>
        {
            if (Problem(result.GetValueOrDefault<string>() ?? string.Empty) is { } problem)
            {
                result.AddError(problem);
            }
        });
    }

    /// <summary>The option itself.</summary>
    public Option<string> Option { get; }

    /// <summary>The family when none is given.</summary>
    public string Default { get; set; } = "binomial";

    /// <summary>The names that the command takes.</summary>
    private IReadOnlyList<string> Names => [.. Family.Names, .. mixtures, .. takesOrdinal ? [Ordinal] : Array.Empty<string>()];

    /// <summary>Takes ordered categories too, which are no <see cref="Family"/>.</summary>
    public void TakeOrdinal()
    {
        takesOrdinal = true;
        Option.Description = Describe(Names);
    }

    /// <summary>Whether the outcome is one of ordered categories.</summary>
    public bool IsOrdinal(ParseResult parse) => takesOrdinal && parse.GetValue(Option) == Ordinal;

    /// <summary>The family asked for; of ordered categories that of each threshold by itself.</summary>
    public ChosenFamily Read(ParseResult parse)
    {
        var text = parse.GetValue(Option) ?? Default;
        return text == Ordinal ? new ChosenFamily(Family.Binomial)
            : MixtureFamily.Find(text)
            ?? (Family.TryParse(text, out var family)
                ? new ChosenFamily(family)
                : new ChosenFamily(Family.NegativeBinomial(1), EstimatesTheta: true));
    }

    private static string Describe(IReadOnlyList<string> names) =>
        $"Distribution of the outcome. One of {string.Join(", ", names)}; a known theta is given as negative-binomial(1.5).";

    private string? Problem(string text)
    {
        if (MixtureFamily.Find(text) is not null)
        {
            return mixtures.Contains(MixtureFamily.NameOf(text)) ? null : MixtureFamily.Refusal(text);
        }

        return text == NegativeBinomial || (takesOrdinal && text == Ordinal) || Family.TryParse(text, out _, out var problem) ? null
            : text.StartsWith(NegativeBinomial, StringComparison.Ordinal) ? problem
            : text == Ordinal ? "--family ordinal has no model here.\nIt is for the commands gee, glmm, marginalize and compare."
            : $"--family does not know \"{text}\".{OtherPrograms.Sentence(text, Names)}\nIt takes {string.Join(", ", Names)}.";
    }
}
