namespace MarginalConditional.Data.Tests;

public sealed class MissingLibraryTests
{
    [Fact]
    public void A_library_is_told_from_a_file_however_deep_it_lies()
    {
        const string name = "Parquet, Version=6.1.0.0, Culture=neutral, PublicKeyToken=d380b3dee6d01926";
        Exception[] failures =
        [
            new FileNotFoundException("gone", name), new FileLoadException("another", name), new BadImageFormatException("damaged", name),
        ];
        Assert.All(failures, failure =>
        {
            Assert.Equal("Parquet", MissingLibrary.NameOf(failure));
            Assert.Equal("Parquet", MissingLibrary.NameOf(new TypeInitializationException("T", new AggregateException(failure))));
        });
    }

    [Fact]
    public void A_file_is_none_whatever_it_is_called()
    {
        Assert.Null(MissingLibrary.NameOf(null));
        Assert.Null(MissingLibrary.NameOf(new FileNotFoundException()));
        Assert.Null(MissingLibrary.NameOf(new IOException("disk")));
        foreach (var path in new[] { "none.csv", "none, Version=2.csv" })
        {
            Assert.Null(MissingLibrary.NameOf(Assert.Throws<FileNotFoundException>(() => File.ReadAllText(path))));
        }
    }

    [Fact]
    public void What_NET_throws_of_an_assembly_that_is_not_there_is_known() => Assert.Equal(
        "Nowhere",
        MissingLibrary.NameOf(Assert.Throws<FileNotFoundException>(() => System.Reflection.Assembly.Load("Nowhere, Version=1.0.0.0"))));
}
