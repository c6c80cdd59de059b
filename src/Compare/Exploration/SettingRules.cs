using System.Globalization;
using MarginalConditional.Compare.Simulation.Effects;
using MarginalConditional.Data;

namespace MarginalConditional.Compare.Exploration;

/// <summary>What a setting may be, and how it is written: <c>risk=0.2&amp;effect=-0.7&amp;sigma=1&amp;law=normal</c>.</summary>
public static class SettingRules
{
    private static readonly (string Name, string Words, Func<double, EffectLaw> Create)[] Known =
    [
        ("normal", "normal", EffectLaw.Normal),
        ("bridge", "bridge: the logit holds for both", EffectLaw.Bridge),
        ("t(5)", "heavy tails: t with 5 df", sigma => EffectLaw.Student(sigma, 5)),
        ("gamma(1)", "skewed: gamma", sigma => EffectLaw.Gamma(sigma, 1)),
        ("two-point(0.2)", "two kinds, one in five high", sigma => EffectLaw.TwoPoint(sigma, 0.2)),
    ];

    /// <summary>The laws of the clusters' effects, as study files write them, with what they are in words.</summary>
    public static IReadOnlyList<(string Name, string Words)> Laws { get; } = [.. Known.Select(law => (law.Name, law.Words))];

    /// <summary>The numbers of a setting, with what they may be.</summary>
    public static IReadOnlyList<(string Name, double Least, double Most)> Limits { get; } =
    [
        ("risk", 1e-6, 1 - 1e-6), ("effect", -8, 8), ("sigma", 0, 12), ("covariate", 0, 8), ("clusters", 4, 100_000), ("size", 1, 100_000),
    ];

    /// <summary>
    /// Reads a setting: what stands after the question mark of a link, or the whole link. What is absent has its default.
    /// </summary>
    /// <exception cref="InputException">A part is not a setting's, or its value cannot be.</exception>
    public static TrialSetting Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var setting = new TrialSetting();
        var query = text.Trim();
        query = query[(query.IndexOf('?', StringComparison.Ordinal) + 1)..];
        if (query.Contains("://", StringComparison.Ordinal))
        {
            throw new InputException("The link holds no setting: nothing stands after a question mark.");
        }

        foreach (var part in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0)
            {
                throw new InputException($"The part \"{part}\" of the setting is not NAME=VALUE, such as sigma=1.");
            }

            setting = With(setting, part[..equals], Uri.UnescapeDataString(part[(equals + 1)..]));
        }

        return setting;
    }

    /// <summary>Writes a setting so that <see cref="Parse"/> reads the same again.</summary>
    public static string Write(TrialSetting setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        return string.Join('&',
        [
            "risk=" + Shown(setting.Risk), "effect=" + Shown(setting.Effect), "sigma=" + Shown(setting.Sigma), "law=" + setting.Law,
            "covariate=" + Shown(setting.Covariate), "clusters=" + Shown(setting.Clusters), "size=" + Shown(setting.Size),
            "event=" + (setting.EventIsHarm ? "harm" : "benefit"),
        ]);
    }

    /// <summary>A law by name; settings are checked where they are read, so an unknown one is the caller's fault.</summary>
    internal static Func<double, EffectLaw> LawNamed(string name) =>
        Array.Find(Known, law => law.Name == name).Create ?? throw new ArgumentException($"There is no law \"{name}\".", nameof(name));

    private static TrialSetting With(TrialSetting setting, string name, string value) => name switch
    {
        "risk" => setting with { Risk = Number(name, value) },
        "effect" => setting with { Effect = Number(name, value) },
        "sigma" => setting with { Sigma = Number(name, value) },
        "covariate" => setting with { Covariate = Number(name, value) },
        "clusters" => setting with { Clusters = Whole(name, value) },
        "size" => setting with { Size = Whole(name, value) },
        "law" => setting with { Law = OneOf(name, value, [.. Known.Select(law => law.Name)]) },
        "event" => setting with { EventIsHarm = OneOf(name, value, ["harm", "benefit"]) == "harm" },
        _ => throw new InputException($"A setting has no \"{name}\".{Suggestion.Sentence(name, Names)}")
        {
            Hint = $"It has {string.Join(", ", Names)}.",
        },
    };

    private static string[] Names => [.. Limits.Select(limit => limit.Name), "law", "event"];

    private static string OneOf(string name, string value, string[] known) => known.Contains(value, StringComparer.Ordinal)
        ? value
        : throw new InputException($"The setting {name} is \"{value}\".{Suggestion.Sentence(value, known)}")
        {
            Hint = $"It takes {string.Join(", ", known)}.",
        };

    private static int Whole(string name, string value)
    {
        var number = Number(name, value);
        return number == Math.Floor(number)
            ? (int)number
            : throw new InputException($"The setting {name} is {value}; it must be a whole number.");
    }

    private static double Number(string name, string value)
    {
        var (_, least, most) = Limits.First(limit => limit.Name == name);
        return double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new InputException($"The setting {name} is \"{value}\"; it must be a number from {Shown(least)} to {Shown(most)}.");
    }

    private static string Shown(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
