using System.Text.Json;
using System.Text.Json.Serialization;
using MarginalConditional.Data;

namespace MarginalConditional.Compare.Exploration;

/// <summary>What a page of settings starts from, as one line of JSON from the command to the program that shows it.</summary>
public sealed record ExplorationStart
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>The port on this machine; 0 for any free one. Default 0.</summary>
    public int Port { get; init; }

    /// <summary>The setting, as <see cref="SettingRules"/> writes it. Default: the usual one.</summary>
    public string Setting { get; init; } = SettingRules.Write(new TrialSetting());

    /// <summary>The setting of the trial's fit; empty without a trial.</summary>
    public string TrialSetting { get; init; } = string.Empty;

    /// <summary>The trial in a sentence; empty without one.</summary>
    public string Trial { get; init; } = string.Empty;

    /// <summary>The command that compares both models on the trial; empty without one.</summary>
    public string CompareCommand { get; init; } = string.Empty;

    /// <summary>The standardized values of what the trial's covariates add; empty for the normal distribution.</summary>
    public IReadOnlyList<double> CovariateValues { get; init; } = [];

    /// <summary>By how much the effect of treatment is larger there, in the same units.</summary>
    public IReadOnlyList<double> CovariateDifferences { get; init; } = [];

    /// <summary>How much each counts.</summary>
    public IReadOnlyList<double> CovariateWeights { get; init; } = [];

    /// <summary>The law of the covariates.</summary>
    [JsonIgnore]
    public CovariateLaw Covariates => CovariateLaw.FromStandardized([.. CovariateValues], [.. CovariateDifferences], [.. CovariateWeights]);

    /// <summary>One line.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Options);

    /// <summary>Reads the line.</summary>
    /// <exception cref="InputException">It is none.</exception>
    public static ExplorationStart FromJson(string line)
    {
        try
        {
            var start = JsonSerializer.Deserialize<ExplorationStart>(line, Options)
                ?? throw new InputException("The page is started by margcond explore.");
            SettingRules.Parse(start.Setting);
            return start;
        }
        catch (JsonException exception)
        {
            throw new InputException("The page is started by margcond explore.", exception);
        }
    }
}
