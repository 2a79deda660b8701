<?xml version="1.0" encoding="UTF-8"?>
<!--
  PURPOSE     Who owned what, when: tenures, and the stretches nobody or several did.
  INPUT       <tenure>, <stretch>, <member>.
  MODES       row        one tenure on a rule's page (owner first)     owner-row   the same on an owner's page (rule first)
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:e="urn:tenure:evidence:1" exclude-result-prefixes="e">

  <xsl:template match="e:tenure" mode="row">
    <tr>
      <xsl:apply-templates select="@anchor" mode="anchor"/>
      <th scope="row">
        <xsl:apply-templates select="." mode="owner"/>
        <xsl:if test="@team"><div class="quiet"><bdi><xsl:value-of select="@team"/></bdi></div></xsl:if>
        <xsl:if test="@left">
          <div>
            <xsl:call-template name="say">
              <xsl:with-param name="id" select="'owner.left'"/>
              <xsl:with-param name="a"><xsl:apply-templates select="@left" mode="value"/></xsl:with-param>
            </xsl:call-template>
          </div>
        </xsl:if>
      </th>
      <xsl:apply-templates select="." mode="cells"/>
    </tr>
  </xsl:template>

  <xsl:template match="e:tenure" mode="owner-row">
    <tr>
      <xsl:apply-templates select="@anchor" mode="anchor"/>
      <th scope="row">
        <xsl:call-template name="link">
          <xsl:with-param name="page" select="@rule-page"/>
          <xsl:with-param name="text"><bdi class="id"><xsl:value-of select="@rule"/></bdi></xsl:with-param>
        </xsl:call-template>
      </th>
      <xsl:apply-templates select="." mode="cells"/>
    </tr>
  </xsl:template>

  <xsl:template match="@anchor" mode="anchor">
    <xsl:attribute name="id"><xsl:value-of select="."/></xsl:attribute>
  </xsl:template>

  <xsl:template match="e:tenure" mode="cells">
    <td>
      <xsl:call-template name="word">
        <xsl:with-param name="kind" select="'role'"/>
        <xsl:with-param name="value" select="@role"/>
      </xsl:call-template>
    </td>
    <td><xsl:apply-templates select="." mode="span"/></td>
    <td>
      <xsl:choose>
        <xsl:when test="@recorded"><xsl:apply-templates select="@recorded" mode="value"/></xsl:when>
        <xsl:otherwise>
          <span class="quiet">
            <xsl:call-template name="label"><xsl:with-param name="id" select="'value.unrecorded'"/></xsl:call-template>
          </span>
        </xsl:otherwise>
      </xsl:choose>
      <xsl:text> </xsl:text>
      <xsl:apply-templates select="@backdated" mode="badge"/>
      <xsl:if test="@redecided">
        <div>
          <xsl:call-template name="say">
            <xsl:with-param name="id" select="'redecided.owner'"/>
            <xsl:with-param name="n" select="@redecided"/>
            <xsl:with-param name="a"><xsl:apply-templates select="@redecided" mode="value"/></xsl:with-param>
          </xsl:call-template>
        </div>
      </xsl:if>
    </td>
    <td class="n">
      <xsl:call-template name="number">
        <xsl:with-param name="n" select="@decisions"/>
        <xsl:with-param name="page" select="concat($here, '#tally')"/>
      </xsl:call-template>
    </td>
    <td>
      <div>
        <xsl:call-template name="word">
          <xsl:with-param name="kind" select="'basis'"/>
          <xsl:with-param name="value" select="@basis"/>
        </xsl:call-template>
        <xsl:text>, </xsl:text>
        <xsl:call-template name="word">
          <xsl:with-param name="kind" select="'how'"/>
          <xsl:with-param name="value" select="@how"/>
        </xsl:call-template>
      </div>
      <div><bdi class="id"><xsl:value-of select="@source"/></bdi>
        <xsl:if test="@line &gt; 0">
          <xsl:text> </xsl:text>
          <xsl:call-template name="say">
            <xsl:with-param name="id" select="'position.line'"/>
            <xsl:with-param name="a"><xsl:apply-templates select="@line" mode="value"/></xsl:with-param>
          </xsl:call-template>
        </xsl:if>
      </div>
    </td>
  </xsl:template>

  <xsl:template match="e:member" mode="row">
    <tr>
      <th scope="row"><bdi><xsl:value-of select="@person"/></bdi></th>
      <td>
        <xsl:choose>
          <xsl:when test="@dated = 'true' or @dated = '1'"><xsl:apply-templates select="." mode="span"/></xsl:when>
          <xsl:otherwise>
            <xsl:call-template name="label"><xsl:with-param name="id" select="'member.undated'"/></xsl:call-template>
          </xsl:otherwise>
        </xsl:choose>
      </td>
      <td>
        <xsl:if test="@source">
          <bdi class="id"><xsl:value-of select="@source"/></bdi><xsl:text> </xsl:text>
          <xsl:call-template name="say">
            <xsl:with-param name="id" select="'position.line'"/>
            <xsl:with-param name="a"><xsl:apply-templates select="@line" mode="value"/></xsl:with-param>
          </xsl:call-template>
        </xsl:if>
      </td>
    </tr>
  </xsl:template>

  <xsl:template match="e:stretch" mode="row">
    <tr id="{@anchor}">
      <th scope="row"><xsl:apply-templates select="@kind" mode="badge"/></th>
      <td><xsl:apply-templates select="." mode="span"/></td>
      <td><xsl:value-of select="@length-text"/></td>
      <td>
        <xsl:choose>
          <xsl:when test="@owners = '' or @owners = '-'">
            <span class="quiet">
              <xsl:call-template name="label"><xsl:with-param name="id" select="'value.nobody'"/></xsl:call-template>
            </span>
          </xsl:when>
          <xsl:otherwise><bdi><xsl:value-of select="@owners"/></bdi></xsl:otherwise>
        </xsl:choose>
      </td>
    </tr>
  </xsl:template>

</xsl:stylesheet>
