<?xml version="1.0" encoding="UTF-8"?>
<!--
  PURPOSE     The ledger of a pack below the internal level: what was replaced or withheld, by which entry, in numbers.
  INPUT       <redaction>
  OUTPUT      redaction.html
  PARAMETERS  language (parts/strings.xsl)
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:e="urn:tenure:evidence:1" exclude-result-prefixes="e">

  <xsl:import href="../parts/frame.xsl"/>
  <xsl:import href="../parts/disclosure.xsl"/>

  <xsl:variable name="entry" select="'redaction'"/>

  <xsl:template match="/e:redaction"><xsl:apply-templates select="." mode="page"/></xsl:template>

  <xsl:template match="e:redaction" mode="body">
    <xsl:call-template name="contents">
      <xsl:with-param name="ids" select="'sums kinds=redaction-kinds left=redaction-left conflicts=redaction-conflicts documents=redaction-documents fields=redaction-fields reveal'"/>
    </xsl:call-template>
    <section id="sums">
      <xsl:call-template name="section-head"><xsl:with-param name="words" select="'sums'"/></xsl:call-template>
      <xsl:apply-templates select="." mode="facts"/>
    </section>
    <xsl:call-template name="rows">
      <xsl:with-param name="id" select="'kinds'"/>
      <xsl:with-param name="rows" select="e:redaction-kind"/>
    </xsl:call-template>
    <xsl:call-template name="rows">
      <xsl:with-param name="id" select="'left'"/>
      <xsl:with-param name="rows" select="e:redaction-left"/>
    </xsl:call-template>
    <xsl:call-template name="rows">
      <xsl:with-param name="id" select="'conflicts'"/>
      <xsl:with-param name="rows" select="e:redaction-conflict"/>
    </xsl:call-template>
    <xsl:call-template name="rows">
      <xsl:with-param name="id" select="'documents'"/>
      <xsl:with-param name="rows" select="e:redaction-document"/>
    </xsl:call-template>
    <xsl:call-template name="rows">
      <xsl:with-param name="id" select="'fields'"/>
      <xsl:with-param name="rows" select="e:redaction-field"/>
    </xsl:call-template>
    <section id="reveal">
      <xsl:call-template name="section-head"><xsl:with-param name="words" select="'reveal'"/></xsl:call-template>
      <xsl:call-template name="prose"><xsl:with-param name="id" select="'reveal'"/></xsl:call-template>
    </section>
  </xsl:template>

  <!-- A section with its table, or with the sentence that there is nothing. -->
  <xsl:template name="rows">
    <xsl:param name="id"/>
    <xsl:param name="rows"/>
    <section id="{$id}">
      <xsl:call-template name="section-head"><xsl:with-param name="words" select="concat('redaction-', $id)"/></xsl:call-template>
      <xsl:choose>
        <xsl:when test="$rows">
          <xsl:call-template name="table">
            <xsl:with-param name="id" select="concat('redaction-', $id)"/>
            <xsl:with-param name="rows" select="$rows"/>
          </xsl:call-template>
        </xsl:when>
        <xsl:otherwise>
          <xsl:call-template name="empty"><xsl:with-param name="id" select="concat('redaction-', $id)"/></xsl:call-template>
        </xsl:otherwise>
      </xsl:choose>
    </section>
  </xsl:template>

  <xsl:template match="e:redaction-kind | e:redaction-conflict" mode="row">
    <tr>
      <th scope="row">
        <xsl:call-template name="word">
          <xsl:with-param name="kind" select="'pseudonym'"/>
          <xsl:with-param name="value" select="@kind"/>
        </xsl:call-template>
      </th>
      <td class="n"><xsl:apply-templates select="@n" mode="value"/></td>
    </tr>
  </xsl:template>

  <xsl:template match="e:redaction-left" mode="row">
    <tr>
      <th scope="row">
        <xsl:call-template name="word">
          <xsl:with-param name="kind" select="'left-out'"/>
          <xsl:with-param name="value" select="@what"/>
        </xsl:call-template>
      </th>
      <td class="n"><xsl:apply-templates select="@n" mode="value"/></td>
    </tr>
  </xsl:template>

  <xsl:template match="e:redaction-document" mode="row">
    <tr>
      <th scope="row"><code><xsl:value-of select="@kind"/></code></th>
      <td class="n"><xsl:apply-templates select="@documents" mode="value"/></td>
      <td class="n"><xsl:apply-templates select="@replaced" mode="value"/></td>
      <td class="n"><xsl:apply-templates select="@sentences" mode="value"/></td>
      <td class="n"><xsl:apply-templates select="@hidden" mode="value"/></td>
    </tr>
  </xsl:template>

  <xsl:template match="e:redaction-field" mode="row">
    <tr>
      <th scope="row"><code><xsl:value-of select="@element"/></code></th>
      <td><code><xsl:value-of select="@field"/></code></td>
      <td><code><xsl:value-of select="@action"/></code></td>
      <td class="n"><xsl:apply-templates select="@n" mode="value"/></td>
    </tr>
  </xsl:template>

</xsl:stylesheet>
