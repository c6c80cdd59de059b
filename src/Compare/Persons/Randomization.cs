using System.Diagnostics.CodeAnalysis;

namespace MarginalConditional.Compare.Persons;

/// <summary>How persons were given their arms within strata, which decides what the strata do to a variance. A closed choice.</summary>
/// <remarks>Ye, Shao, Yi and Zhao (2023); Bannick, Shao, Liu, Du, Yi and Ye (2025).</remarks>
public sealed class Randomization
{
    private Randomization(string name, string description, bool balances, bool recentres)
    {
        Name = name;
        Description = description;
        BalancesStrata = balances;
        RecentresStrata = recentres;
    }

    /// <summary>Each person by itself: strata change nothing.</summary>
    public static Randomization Simple { get; } = new("simple", "simple randomization", false, false);

    /// <summary>
    /// In permuted blocks within each stratum, so that the arms' shares are the same in each: what the strata explain is no chance.
    /// </summary>
    public static Randomization PermutedBlock { get; } = new("permuted-block", "permuted blocks within strata", true, false);

    /// <summary>
    /// By minimization (Pocock and Simon 1975): the arms' shares in a stratum follow no simple law, so each arm's mean residual is
    /// added stratum by stratum, after which the shares do not matter.
    /// </summary>
    public static Randomization PocockSimon { get; } = new("pocock-simon", "minimization over strata", false, true);

    /// <summary>All of them, in the order the program lists them.</summary>
    public static IReadOnlyList<Randomization> All { get; } = [Simple, PermutedBlock, PocockSimon];

    /// <summary>The name as the program spells it.</summary>
    public string Name { get; }

    /// <summary>What was done, in words.</summary>
    public string Description { get; }

    /// <summary>Whether the arms' shares are fixed in each stratum.</summary>
    internal bool BalancesStrata { get; }

    /// <summary>Whether the arm's mean residual is added within strata.</summary>
    internal bool RecentresStrata { get; }

    /// <summary>Finds one by its name.</summary>
    public static bool TryParse(string? name, [NotNullWhen(true)] out Randomization? randomization)
    {
        randomization = All.FirstOrDefault(candidate => candidate.Name == name);
        return randomization is not null;
    }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
