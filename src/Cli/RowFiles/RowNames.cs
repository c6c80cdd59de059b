namespace MarginalConditional.Cli.RowFiles;

/// <summary>Whose names the columns of files of rows have.</summary>
internal enum RowNames
{
    /// <summary>This program's.</summary>
    Own,

    /// <summary>Those of R's package broom, where it has one.</summary>
    Broom,

    /// <summary>This program's, as R takes them without quotes.</summary>
    R,

    /// <summary>This program's, as SAS takes them.</summary>
    Sas,
}
